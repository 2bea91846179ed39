"""What a child process does until it is killed: import a month, undo it, import it again, for ever."""

import resource
import signal
from multiprocessing.connection import Connection
from pathlib import Path

from roi.actors import local_user
from roi.commands import costs, mapping, undo
from roi.commands.changing.requests import CostImport, Receipt
from roi.commands.mapping import AreaTarget
from roi.errors import StoreFullError
from roi.store.database import Store
from tests.small_company import HEADER

WHO = local_user("You")
LINES = 4000
SOURCE = "big"
_TEAMS = ("Onboarding", "Checkout", "Course Delivery", "")
_AREAS = ("", "", "", "AREA 3")


def content(lines: int = LINES, month: str = "2026-05") -> bytes:
    """A month's file of so many lines; every fourth names a cost area instead of a team."""
    rows = [
        f"{month},{_TEAMS[i % 4]},{_AREAS[i % 4]},Cloud,Vendor {i},,text {i},{i}.{i % 100:02d},USD"
        for i in range(lines)
    ]
    return "\n".join((HEADER, *rows, "")).encode()


def bring_in(store: Store) -> Receipt:
    """Import the file."""
    return costs.import_costs(store, WHO, CostImport(content(), "big.csv", SOURCE))


def held(store: Store) -> int:
    """How many lines of the file are live."""
    with store.cursor() as cursor:
        asked = "select count(*) from live_cost_line where source = ?"
        return int(cursor.execute(asked, [SOURCE]).fetchall()[0][0])


def go_on(path: str, told: Connection) -> None:
    """Import, map and undo without end; each change is told once it is committed."""
    store = Store.open(Path(path), purpose="a child")
    told.send(store.version)
    for left in _mappings(store):  # by one that was killed before it took its mapping back
        told.send(undo.undo(store, WHO, left).change_id)
    while True:
        if not held(store):
            told.send(bring_in(store).change_id)
        target = [AreaTarget("AREA 3", "team", "checkout")]
        mapped = mapping.map_areas(store, WHO, SOURCE, target).change_id
        told.send(mapped)
        told.send(undo.undo(store, WHO, mapped).change_id)
        told.send(undo.undo(store, WHO, _last_import(store)).change_id)


def _mappings(store: Store) -> list[int]:
    """The changes that put what is mapped of the file's areas."""
    with store.cursor() as cursor:
        asked = "select added_by from live_value_mapping where source = ? and sent = 'AREA 3'"
        return [int(change) for (change,) in cursor.execute(asked, [SOURCE]).fetchall()]


def _last_import(store: Store) -> int:
    with store.cursor() as cursor:
        asked = "select max(origin_change) from live_cost_line where source = ?"
        return int(cursor.execute(asked, [SOURCE]).fetchall()[0][0])


def no_room_for_the_upload(path: str, told: Connection) -> None:
    """The disk is full before the file can be kept."""
    _run_out_of_disk(path, told, 1000)


def no_room_for_the_ledger(path: str, told: Connection) -> None:
    """The file can be kept; its lines cannot."""
    _run_out_of_disk(path, told, len(content()) + 50_000)


def _run_out_of_disk(path: str, told: Connection, room: int) -> None:
    """Import while no file may grow beyond `room`, read, and import again when it may."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    store = Store.open(Path(path), purpose="a child")
    version = store.version
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, most))
    try:
        bring_in(store)
        told.send("imported on a full disk")
    except StoreFullError as error:
        told.send(str(error))
    told.send((store.version - version, held(store)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    told.send(bring_in(store).change_id - version)
    store.close()
