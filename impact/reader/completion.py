"""The text that a server of chat completions answers, or why there is none."""

from typing import Any

from impact.reader.reasons import UnreadReason

_MOST_TOKENS = 10**9


def content_of(completion: Any) -> str | UnreadReason:
    """Return the text of an answer, or why there is none, whatever shape the server gave it."""
    try:
        choice = completion["choices"][0]
        message, ended = choice["message"], choice.get("finish_reason")
        text, refusal = message.get("content"), message.get("refusal")
    except (LookupError, TypeError, AttributeError):
        return UnreadReason.FORM
    if refusal or ended == "content_filter":
        return UnreadReason.DECLINED
    if ended == "length":
        return UnreadReason.CUT
    return text if isinstance(text, str) else UnreadReason.FORM


def tokens_of(completion: Any) -> int:
    """Return how many tokens the server counted; 0 where it gives no plausible number."""
    usage = completion.get("usage") if isinstance(completion, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and 0 < total < _MOST_TOKENS else 0
