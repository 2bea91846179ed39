"""An export has the language of whoever exported it: the same items come out of each."""

from datetime import date

import pytest

from roi.ingest.tracker.shapes import DropReason, ItemKind, StatusCategory
from roi.ingest.tracker.words import flow_kind, is_active, is_cancelled, item_kind, status_category

ENGLISH = """Summary,Issue key,Issue id,Parent id,Issue Type,Status,Project key,Project lead,Assignee,\
Reporter,\
Creator,Created,Resolved,Labels,Labels,Description,Inward issue link (Blocks),Custom field (Team),\
Custom field (Epic Link)
Setup,A-1,1,,Epic,In Progress,A,Ana Prado,,,,04/Jan/26 2:38 PM,,,,,,North,
Step,A-2,2,,Story,Done,A,Ana Prado,Ana Prado,,,06/Aug/25 12:00 PM,14/Dec/25 8:00 AM,ux,web,"more
text",A-3,North,A-1
Crash,A-3,3,,Bug,To Do,A,Ana Prado,,,,14/Jan/26 2:38 PM,,,,,,North,
Part,A-4,4,2,Sub-task,Done,A,Ana Prado,,,,06/Aug/25 12:00 PM,13/Dec/25 8:00 AM,,,,,North,
"""
TRANSLATED = {
    "Spanish": (
        """Resumen,Clave de incidencia,ID de la incidencia,ID principal,Tipo de Incidencia,Estado,\
Clave del proyecto,\
Responsable del proyecto,Persona asignada,Informador,Creador,Creada,Resuelta,Etiquetas,Etiquetas,Descripción,\
Enlace de incidencia entrante (Blocks),Campo personalizado (Equipo),Campo personalizado (Epic Link)""",
        {
            "Epic": "Épica",
            "Story": "Historia",
            "Bug": "Error",
            "Sub-task": "Subtarea",
            "In Progress": "En curso",
        }
        | {
            "Done": "Finalizada",
            "To Do": "Tareas por hacer",
            "/Jan/": "/ene/",
            "/Aug/": "/ago/",
            "/Dec/": "/dic/",
        },
    ),
    "French": (
        """Résumé,Clé de ticket,ID de ticket,ID parent,Type de ticket,État,Clé de projet,\
Responsable du projet,\
Responsable,Rapporteur,Créateur,Création,Résolue,Étiquettes,Étiquettes,Description,\
Lien de ticket entrant (Blocks),\
Champs personnalisés (Équipe),Champs personnalisés (Epic Link)""",
        {
            "Epic": "Épopée",
            "Story": "Récit",
            "Bug": "Bogue",
            "Sub-task": "Sous-tâche",
            "In Progress": "En cours",
        }
        | {"Done": "Terminé", "To Do": "À faire", "/Jan/": "/janv./", "/Aug/": "/août/", "/Dec/": "/déc./"},
    ),
    "German": (
        """Zusammenfassung,Vorgangsschlüssel,Vorgangs-ID,Übergeordnete ID,Vorgangstyp,Status,\
Projektschlüssel,\
Projektleiter,Bearbeiter,Autor,Ersteller,Erstellt,Erledigt,Stichwörter,Stichwörter,Beschreibung,\
Eingehende Vorgangsverknüpfung (Blocks),Benutzerdefiniertes Feld (Team),\
Benutzerdefinierte Felder (Epic-Verknüpfung)""",
        {
            "Epic": "Epos",
            "Story": "Story",
            "Bug": "Fehler",
            "Sub-task": "Unteraufgabe",
            "In Progress": "In Arbeit",
        }
        | {"Done": "Fertig", "To Do": "Zu erledigen", "/Jan/": "/Jan/", "/Aug/": "/Aug/", "/Dec/": "/Dez/"},
    ),
    "Portuguese": (
        """Resumo,Chave da item,ID da item,ID pai,Tipo de item,Status,Chave do projeto,Líder do projeto,\
Responsável,\
Relator,Criador,Criado,Resolvido,Categorias,Categorias,Descrição,Link de item de entrada (Blocks),\
Campo personalizado (Equipe),Campo personalizado (Epic Link)""",
        {
            "Epic": "Épico",
            "Story": "História",
            "Bug": "Erro",
            "Sub-task": "Subtarefa",
            "In Progress": "Em andamento",
        }
        | {"Done": "Concluído", "To Do": "A fazer", "/Jan/": "/jan/", "/Aug/": "/ago/", "/Dec/": "/dez/"},
    ),
}


def translated(language):
    header, words = TRANSLATED[language]
    body = ENGLISH.partition("\n")[2]
    for word, other in words.items():
        body = body.replace(word, other)
    return f"{header}\n{body}"


def meaning(found):
    """The items without the words that are the exporter's own."""
    return [
        (
            *(item.key, item.kind, item.status_category, item.created, item.resolved),
            *(item.epic_key, item.parent_key, item.team, item.project, item.labels),
            *(item.blocked_by, item.summary, item.is_parted),
        )
        for item in found.items
    ]


def test_the_english_export_means_what_it_says(read):
    step = meaning(read(ENGLISH))[1]
    assert step[:7] == (
        *("A-2", ItemKind.FEATURE, StatusCategory.DONE),
        *(date(2025, 8, 6), date(2025, 12, 14), "A-1", ""),
    )
    assert step[7:] == ("North", "A", ("ux", "web"), ("A-3",), "Step", False)
    assert meaning(read(ENGLISH))[3][5:7] == ("A-1", "A-2")


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translated_export_gives_the_same_items(read, language):
    found = read(translated(language))
    assert found.is_ready
    assert meaning(found) == meaning(read(ENGLISH))


@pytest.mark.parametrize("language", TRANSLATED)
def test_t10_people_are_known_in_every_language(read, language):
    found = read(translated(language))
    dropped = [column.reason for column in found.dropped]
    assert dropped.count(DropReason.PEOPLE) == 4
    assert dropped.count(DropReason.FREE_TEXT) == 1
    assert "Prado" not in found.redacted.csv


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.encode("utf-16"),
        lambda text: "Export of today\n\n" + text,
    ],
    ids=["bom", "crlf", "utf-16", "title"],
)
def test_the_same_items_however_the_file_was_saved(read, change):
    assert meaning(read(change(ENGLISH))) == meaning(read(ENGLISH))


def test_windows_characters_and_semicolons_are_read(read):
    text = translated("Spanish").replace(",", ";")
    found = read(text.encode("cp1252"))
    assert meaning(found) == meaning(read(ENGLISH))
    assert [issue.code for issue in found.issues if issue.code == "encoding"] == ["encoding"]


def test_lines_are_those_of_the_file_below_a_cell_of_two_lines(read):
    assert [item.line for item in read(ENGLISH).items] == [2, 3, 5, 6]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *[(word, ItemKind.EPIC) for word in ("Epic", "épica", "Épopée", "Epos", "Épico")],
        *[
            (word, ItemKind.FEATURE)
            for word in ("Story", "New Feature", "Historia", "Récit", "Melhoria", "MMF")
        ],
        *[
            (word, ItemKind.DEFECT)
            for word in ("Bug", "Feature Bug", "Fehler", "Error", "Anomalie", "Defeito")
        ],
        *[(word, ItemKind.TECHNICAL_DEBT) for word in ("Technical Debt", "Dette technique", "Deuda técnica")],
        *[(word, ItemKind.RISK) for word in ("Risk", "Security", "Riesgo", "Risiko", "Risque", "Risco")],
        *[
            (word, ItemKind.TASK)
            for word in ("Task", "Technical task", "Tarea", "Tâche", "Aufgabe", "Tarefa")
        ],
        *[
            (word, ItemKind.SUB_TASK)
            for word in ("Sub-task", "Subtask", "Subtarea", "Unteraufgabe", "Sous-tâche")
        ],
        ("Initiative", ItemKind.INITIATIVE),
        ("Vuelo", None),
        ("Storyboarding", None),
    ],
)
def test_type_words_in_five_languages(word, kind):
    assert item_kind(word) is kind


@pytest.mark.parametrize(
    ("status", "category"),
    [
        *[
            (word, StatusCategory.TO_DO)
            for word in ("To Do", "Open", "Reopened", "Backlog", "Offen", "Abierto")
        ],
        *[
            (word, StatusCategory.IN_PROGRESS)
            for word in ("In Progress", "Code Review", "En cours", "Blocked")
        ],
        *[
            (word, StatusCategory.DONE)
            for word in ("Done", "Closed", "QAed", "Fertig", "Terminée", "Cancelled")
        ],
        ("Zanzibar", StatusCategory.UNKNOWN),
    ],
)
def test_states_in_words(status, category):
    assert status_category(status) is category


def test_what_waits_is_in_progress_and_not_active():
    """Methods 3: an item-day is a day in an active state."""
    assert [
        is_active(word)
        for word in ("In Progress", "In Review", "Waiting for QA", "Blocked", "On hold", "Done")
    ] == [
        True,
        True,
        False,
        False,
        False,
        False,
    ]


def test_how_it_ended():
    assert [
        is_cancelled(*words) for words in (("Closed", "Won't Do"), ("Closed", "Duplicado"), ("Annulée", ""))
    ] == [True] * 3
    assert not is_cancelled("Closed", "Done")


def test_a_word_about_no_kind_of_flow_says_nothing():
    assert flow_kind("Epic") is None


def test_types_that_say_nothing_are_read_as_tasks_and_said(read, codes):
    found = read("Issue key,Issue Type,Status\nA-1,Vuelo,Open\nA-2,Bug,Open\nA-3,Vuelo,Open\n")
    assert [item.kind for item in found.items] == [ItemKind.TASK, ItemKind.DEFECT, ItemKind.TASK]
    assert codes(found)["unknown_type"] == [2, 4]
