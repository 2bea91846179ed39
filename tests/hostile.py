"""Files that want to do harm, or are as large as is taken: what is far away, far too long, or packs badly."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from tests.workbooks import Raw, Sheet, relations
from tests.workbooks import workbook as made

SECONDS, MEGABYTES = 10, 500
"""What each may take of processor and memory (reliability.md, S9)."""
LARGEST_SECONDS = 2 * SECONDS
"""What a workbook may take that is as large as is taken, and is read."""

HEADER = "month,team,amount,currency,description\n"
LINE = "2025-01,A,5,EUR,x\n"
LONG_MEGABYTES = 4
LONG = {
    "one cell": LINE + "2025-01,A,5,EUR," + "y" * (LONG_MEGABYTES << 20) + "\n",
    "one cell in quotes": LINE + '2025-01,A,5,EUR,"' + "y\n" * (LONG_MEGABYTES << 19) + '"\n',
    "only delimiters": LINE + "2025-01,A,5,EUR,x" + "," * (LONG_MEGABYTES << 20) + "\n",
    "only quotes": LINE + '"' * (LONG_MEGABYTES << 20) + "\n",
    "no line end": LINE + "y" * (LONG_MEGABYTES << 20),
}
"""Text whose third line is far too long."""

FAR = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
NAMELESS = "<row><c><v>1</v></c></row>" * 3 + '<row r="1048570">' + "<c><v>1</v></c>" * 900 + "</row>"
TRAPS = {
    "far": made(Sheet("S", [("a", "b")], tail=FAR)),
    "far, small letters": made(Sheet("S", [("a", "b")], tail=FAR.lower())),
    "far, with blanks": made(Sheet("S", [("a", "b")], tail=FAR.replace('r="X', 'r = "X'))),
    "nameless": made(Sheet("S", [("a", "b")], tail=NAMELESS)),
    "no such place": made(Sheet("S", [("a", "b")], tail='<row r="2"><c r="A4294967295"><v>1</v></c></row>')),
    "no such column": made(Sheet("S", [("a", "b")], tail='<row r="2"><c r="ZZZZZZZZ2"><v>1</v></c></row>')),
    "a far error": made(
        Sheet("S", [("a", "b")], tail='<row r="1"><c r="XFD1048576" t="e"><v>#N/A</v></c></row>')
    ),
    "one long text, often": made(
        Sheet("S", [(*[Raw(' t="s"><v>0</v>')] * 50,)] * 1_000),
        extra={
            "xl/sharedStrings.xml": b"<sst><si><t>"
            + bytes(97 + n * n % 23 for n in range(30_000))
            + b"</t></si></sst>",
            "xl/_rels/workbook.xml.rels": relations(
                [
                    ("rId1", "worksheet", "worksheets/sheet1.xml"),
                    ("rId2", "sharedStrings", "sharedStrings.xml"),
                ]
            ),
        },
    ),
}


def largest():
    """As much as is taken: nearly 100 MB of sheet, of the kind that packs badly."""
    cells = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}"><v>{row * 7919 % 99991}.25</v></c>' for column in "ABCDEFGHIJ")
        + "</row>"
        for row in range(2, 230_000)
    )
    return made(Sheet("S", [("month", "team", *"cdefghij")], tail=cells))


_MEASURED = """
import re, resource, sys, time
from pathlib import Path
from roi.ingest import uploaded
content = Path(sys.argv[1]).read_bytes()
resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))
begun = time.process_time()
_, issues = uploaded.read(content, Path(sys.argv[1]).name, Path(sys.argv[1]).parent)
is_refused = any(issue.is_blocker for issue in issues)
# Not ru_maxrss: a child begins with the peak of the process that started it.
peak = int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) // 1024
print("refused" if is_refused else "read", time.process_time() - begun, peak)
"""


class Found(NamedTuple):
    """What became of a file: read or refused, processor seconds, the peak of memory in MB."""

    became: str
    seconds: float
    megabytes: int


def read_apart(path: Path, project: Path) -> Found:
    """Read the file in a process of its own, with 4 GB of addresses at most (only on Linux)."""
    command = [sys.executable, "-c", _MEASURED, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=project, check=True)
    became, seconds, megabytes = done.stdout.split()
    return Found(became, float(seconds), int(megabytes))
