"""A strict reader of calendar files (RFC 5545): it refuses what the standard does not allow."""

from roi.domain.calendar_text import OCTETS


def content_lines(text: str) -> list[tuple[str, dict[str, str], str]]:
    """Every content line as name, parameters and value."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    physical = text[:-2].split("\r\n")
    assert all(0 < len(line.encode()) <= OCTETS for line in physical)
    lines: list[str] = []
    for line in physical:
        if line.startswith(" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    found = []
    for line in lines:
        head, value = line.split(":", 1)
        name, *given = head.split(";")
        assert name.replace("-", "").isalnum()
        found.append((name, dict(one.split("=", 1) for one in given), value))
    return found


def unescaped(value: str) -> str:
    """A text value as it was before it was written."""
    signs, out = iter(value), ""
    for sign in signs:
        if sign != "\\":
            assert sign not in ";,"
            out += sign
            continue
        following = next(signs)
        assert following in "\\;,nN"
        out += "\n" if following in "nN" else following
    return out


def events_of(text: str) -> list[dict[str, str]]:
    """The events of a file as name to text; everything that begins ends, in its order."""
    stack: list[str] = []
    events: list[dict[str, str]] = []
    for name, given, value in content_lines(text):
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        elif stack[-1] == "VEVENT":
            assert name not in events[-1]
            events[-1][name] = value if given or name == "CATEGORIES" else unescaped(value)
    assert stack == []
    return events
