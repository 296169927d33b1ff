"""Messages of our own: as they are sent (EML), and as Outlook saves them (MSG)."""

import struct
from email.message import EmailMessage
from typing import Any

FREE, END, FAT_SECTOR = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
NOBODY = 0xFFFFFFFF
MSG_CLASS = bytes.fromhex("0b0d020000000000c000000000000046")
Tree = dict[str, "bytes | Tree"]


def eml(
    subject: str = "Contribution on locks",
    text: str = "",
    html: str = "",
    attachments: dict[str, bytes] | None = None,
    sender: str = "Ana Keeper <ana@locks.example>",
) -> bytes:
    """Return a message as it is sent."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = subject, sender, "locks@meeting.example"
    message["Date"], message["Message-ID"] = "Mon, 04 May 2026 10:00:00 +0200", "<1@locks.example>"
    message.set_content(text or "Please find our contribution attached.\n")
    if html:
        message.add_alternative(html, subtype="html")
    for name, data in (attachments or {}).items():
        if name.endswith(".eml"):
            import email

            message.add_attachment(email.message_from_bytes(data, policy=email.policy.default), filename=name)
        else:
            message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def msg(
    subject: str, text: str, attachments: dict[str, bytes | None], sender: str = "Ana Keeper", html: str = ""
) -> bytes:
    """Return a message as Outlook saves it; an attachment without bytes is a message. Source: [MS-OXMSG] 2.4."""
    words = {0x0037001F: _wide(subject), 0x1000001F: _wide(text), 0x0042001F: _wide(sender)}
    words |= {0x10130102: html.encode()} if html else {}
    root = _properties(32, words, {0x340D0003: 0x40000, 0x3FDE0003: 65001})
    for number, (name, data) in enumerate(attachments.items()):
        streams = {0x3707001F: _wide(name)} | ({} if data is None else {0x37010102: data})
        streams |= {0x3712001F: _wide(f"{name}@here")} if f"cid:{name}@here" in html else {}
        method = 5 if data is None else 1
        root[f"__attach_version1.0_#{number:08X}"] = _properties(8, streams, {0x37050003: method})
    return compound(root, MSG_CLASS)


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def _properties(head: int, streams: dict[int, bytes], numbers: dict[int, int]) -> Tree:
    """Return the streams of a message or attachment, with the one that lists them."""
    lines = b"".join(struct.pack("<IIII", tag, 6, len(data) + 2, 0) for tag, data in streams.items())
    lines += b"".join(struct.pack("<IIII", tag, 6, number, 0) for tag, number in numbers.items())
    tree: Tree = {f"__substg1.0_{tag:08X}": data for tag, data in streams.items()}
    return {"__properties_version1.0": bytes(head) + lines, **tree}


def compound(tree: Tree, root_class: bytes = bytes(16)) -> bytes:
    """Return an OLE2 file with these streams and storages. Source: [MS-CFB]."""
    entries: list[list[Any]] = [["Root Entry", 5, NOBODY, 0, 0]]
    contents: list[bytes] = [b""]

    def lay(branch: Tree) -> int:
        """Lay the entries of a storage as a chain of right siblings, and return the first."""
        first = before = NOBODY
        for name in sorted(branch, key=lambda name: (len(name), name.upper())):
            part, number = branch[name], len(entries)
            entries.append([name, 2 if isinstance(part, bytes) else 1, NOBODY, 0, NOBODY])
            contents.append(part if isinstance(part, bytes) else b"")
            if before == NOBODY:
                first = number
            else:
                entries[before][4] = number
            before = number
            if not isinstance(part, bytes):
                entries[number][2] = lay(part)
        return first

    entries[0][2], entries[0][4] = lay(tree), NOBODY
    mini, mini_fat, fat, sectors = bytearray(), [], [], bytearray()

    def store(data: bytes) -> int:
        count, start = -(-len(data) // 512), len(fat)
        fat.extend([*range(start + 1, start + count), END])
        sectors.extend(data.ljust(count * 512, b"\0"))
        return start

    starts = []
    for data in contents:
        if not data:
            starts.append(END)
        elif len(data) < 4096:
            starts.append(len(mini_fat))
            count = -(-len(data) // 64)
            mini_fat.extend([*range(len(mini_fat) + 1, len(mini_fat) + count), END])
            mini.extend(data.ljust(count * 64, b"\0"))
        else:
            starts.append(store(data))
    starts[0] = store(bytes(mini)) if mini else END
    sizes = [len(mini), *(len(data) for data in contents[1:])]
    first_mini = store(struct.pack(f"<{len(mini_fat)}I", *mini_fat).ljust(-(-len(mini_fat) // 128) * 512, b"\xff"))
    listed = b"".join(
        _entry(entry, start, size, root_class if number == 0 else bytes(16))
        for number, (entry, start, size) in enumerate(zip(entries, starts, sizes, strict=True))
    )
    first_listed = store(listed)
    tables = 1
    while tables * 128 < len(fat) + tables:
        tables += 1
    places = list(range(len(fat), len(fat) + tables))
    fat.extend([FAT_SECTOR] * tables)
    sectors.extend(struct.pack(f"<{len(fat)}I", *fat).ljust(tables * 512, b"\xff"))
    head = struct.pack("<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("d0cf11e0a1b11ae1"), 62, 3, 0xFFFE, 9, 6, 0, tables,
                       first_listed, 0, 4096, first_mini, -(-len(mini_fat) // 128), END, 0)  # fmt: skip
    return head + struct.pack("<109I", *places, *[FREE] * (109 - tables)) + bytes(sectors)


def _entry(entry: list[Any], start: int, size: int, of_class: bytes) -> bytes:
    name, kind, child, _, right = entry
    coded = f"{name}\0".encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16sI16xIQ", coded, len(coded), kind, 1, NOBODY, right, child, of_class, 0, start, size
    )
