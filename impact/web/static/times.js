// Times in the zone of the reader; without a script they are given in UTC.
"use strict";

const clock = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit", timeZoneName: "short" });

function localize(within) {
  for (const one of within.querySelectorAll("time[data-local]")) {
    const time = new Date(one.dateTime);
    delete one.dataset.local;
    if (!Number.isNaN(time.getTime())) one.textContent = clock.format(time).replace(" at ", ", ");
  }
}

localize(document);
new MutationObserver(() => localize(document)).observe(document.body, { childList: true, subtree: true });
