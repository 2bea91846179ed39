"""What the words in a tracker's cells mean: kinds of work, states, how it ended; in five languages."""

import re
from functools import lru_cache

from roi.domain.structure import EpicKind
from roi.ingest.tracker.shapes import ItemKind, StatusCategory
from roi.ingest.tracker.vocabulary import fold_word


def _either(text: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{word.strip()})\b" for word in text.replace("\n", ",").split(",")))


_KINDS: tuple[tuple[ItemKind, re.Pattern[str]], ...] = (
    (
        ItemKind.SUB_TASK,
        _either(r"sub ?tasks?,sub ?tareas?,subtarefas?,sous taches?,unteraufgaben?,teilaufgaben?"),
    ),
    (
        ItemKind.DEFECT,
        _either(
            r"bugs?,defects?,errors?,faults?,errores,error,defectos?,fallos?,bogues?,anomalies?,anomalie,"
            r"defauts?,"
            r"fehler,mangel,defeitos?,erros?,falhas?,incidents?"
        ),
    ),
    (
        ItemKind.TECHNICAL_DEBT,
        _either(
            r"(?:tech|technical) debts?,debts?,refactor\w*,maintenance,infrastructure,chores?,tech health,"
            r"deuda(?: tecnica)?,dette(?: technique)?,technische schulden?,debito(?: tecnico)?,"
            r"divida(?: tecnica)?,"
            r"mantenimiento,wartung,manutencao,infraestructura,infraestrutura,infrastruktur"
        ),
    ),
    (
        ItemKind.RISK,
        _either(
            r"risks?,security,vulnerabilit\w+,compliance,riesgos?,seguridad,risques?,securite,risiko,"
            r"risiken,sicherheit,"
            r"riscos?,seguranca"
        ),
    ),
    (ItemKind.INITIATIVE, _either(r"initiatives?,themes?,iniciativas?,initiativen?")),
    (ItemKind.EPIC, _either(r"epics?,epicas?,epicos?,epopees?,epos,epen")),
    (
        ItemKind.FEATURE,
        _either(
            r"story,stories,user story,features?,new feature,improvements?,enhancements?,mmf,requirements?,"
            r"historias?(?: de usuario)?,mejoras?,funcionalidad\w*,caracteristicas?,requisitos?,recits?,"
            r"recit utilisateur,"
            r"ameliorations?,nouvelle fonctionnalite,fonctionnalites?,geschichte,verbesserung\w*,"
            r"neue funktion,"
            r"funktion\w*,anforderung\w*,melhorias?,nova funcionalidade"
        ),
    ),
    (
        ItemKind.TASK,
        _either(
            r"tasks?,tareas?,taches?,aufgaben?,tarefas?,spikes?,support,reports?,requests?,changes?,"
            r"questions?,to ?do"
        ),
    ),
)
"""The first that fits says what it is: a *feature bug* is a defect, a *sub-bug task* a defect."""

_DONE = _either(
    r"done,closed,resolved,completed?,finished,released,delivered,deployed,accepted,shipped,qaed,verified,"
    r"merged,"
    r"listo,lista,finalizad[oa],cerrad[oa],resuelt[oa],completad[oa],hech[oa],terminad[oa],"
    r"terminee?,fermee?,resolue?,fini,finie,livree?,cloturee?,fertig,erledigt,geschlossen,abgeschlossen,"
    r"gelost,"
    r"concluid[oa],itens concluidos,fechad[oa],resolvid[oa],finalizad[oa],feit[oa],pronto"
)
_CANCELLED = _either(
    r"cancell?ed,won t (?:do|fix),wont (?:do|fix),duplicated?,rejected,declined,obsolete,abandoned,invalid,"
    r"cannot reproduce,not a bug,withdrawn,cancelad[oa],rechazad[oa],descartad[oa],duplicad[oa],annulee?,"
    r"rejetee?,"
    r"abandonnee?,abgebrochen,abgelehnt,verworfen,storniert,duplikat,rejeitad[oa],recusad[oa]"
)
_WAITING = _either(
    r"blocked,waiting\b.*,on hold,hold,paused,pending,impeded,bloquead[oa],en espera,esperando,pausad[oa],"
    r"bloquee?,en attente,en pause,blockiert,wartend,wartet,pausiert,em espera,aguardando,impedid[oa],"
    r"ready for.*,awaiting.*"
)
_IN_PROGRESS = _either(
    r"in progress,progress,doing,in development,development,developing,in review,review,code review,"
    r"reviewing,"
    r"testing,in test,in qa,qa,building,started,active,implementing,in work,wip,in analysis,design\w*,"
    r"deploying,"
    r"en curso,en progreso,en desarrollo,en revision,en pruebas,iniciad[oa],"
    r"en cours(?: de \w+)?,en developpement,en revue,en test,commencee?,"
    r"in arbeit,in bearbeitung,in entwicklung,in prufung,im test,begonnen,"
    r"em andamento,em progresso,em desenvolvimento,em revisao,em teste,em analise,iniciad[oa],fazendo"
)
_TO_DO = _either(
    r"not started,to be \w+,ready (?:to start|for (?:dev|development|work|sprint)),"
    r"to do,todo,open,new,backlog,ready,selected for development,reopened,planned,draft,funnel,triage,"
    r"no iniciad[oa],non commencee?,nicht begonnen,nao iniciad[oa],"
    r"por hacer,tareas por hacer,pendientes?,abiert[oa],nuev[oa],reabiert[oa],"
    r"a faire,ouverte?,nouveau,nouvelle,reouverte?,zu erledigen,offen,neu,geplant,wieder geoffnet,"
    r"a fazer,itens pendentes,tarefas pendentes,abert[oa],nov[oa],reabert[oa]"
)
_YES = frozenset("yes true y 1 x si oui ja sim required mandatory legal".split())
_NO = frozenset("no false n 0 non nein nao none optional".split())
_OBLIGATION_WORDS = (
    r"(?:legal )?obligations?,compliance,regulatory,mandatory,pflicht,verpflichtung,"
    r"obligatori[oa],obligacion,obligatoire,obrigacao"
)
_OBLIGATION_LABEL = _either(_OBLIGATION_WORDS)
_OBLIGATION = _either(f"{_OBLIGATION_WORDS},law,contract,audit,regulations?,regulator,gesetz,ley,loi,lei")
_FLOW = {
    ItemKind.FEATURE: EpicKind.FEATURE,
    ItemKind.TECHNICAL_DEBT: EpicKind.TECHNICAL_DEBT,
    ItemKind.DEFECT: EpicKind.DEFECT,
    ItemKind.RISK: EpicKind.RISK,
}


@lru_cache(maxsize=4096)
def item_kind(type_word: str) -> ItemKind | None:
    """What a type word says an item is, or None when no word of it is known."""
    folded = fold_word(type_word)
    return next((kind for kind, pattern in _KINDS if pattern.search(folded)), None)


def flow_kind(text: str) -> EpicKind | None:
    """Feature, technical debt, defect or risk, when a word of a column or label says so."""
    kind = item_kind(text)
    return _FLOW.get(kind) if kind else None


def flow_kind_label(label: str) -> EpicKind | None:
    """The same of a label, which has to be that word and nothing more: `tech-debt`, not `bug-bounty`."""
    folded = fold_word(label)
    found = next((kind for kind, pattern in _KINDS if pattern.fullmatch(folded)), None)
    return _FLOW.get(found) if found else None


@lru_cache(maxsize=4096)
def status_category(status: str) -> StatusCategory:
    """How far an item in this status is; what waits is in progress, as trackers have it."""
    folded = fold_word(status)
    if _CANCELLED.search(folded):
        return StatusCategory.DONE
    if _TO_DO.fullmatch(folded):
        return StatusCategory.TO_DO
    if _WAITING.search(folded) or _IN_PROGRESS.search(folded):
        return StatusCategory.IN_PROGRESS
    if _DONE.search(folded):
        return StatusCategory.DONE
    return StatusCategory.TO_DO if _TO_DO.search(folded) else StatusCategory.UNKNOWN


def is_active(status: str) -> bool:
    """Whether somebody works on an item in this status: in progress, and not waiting."""
    is_waiting = _WAITING.search(fold_word(status))
    return status_category(status) is StatusCategory.IN_PROGRESS and not is_waiting


@lru_cache(maxsize=4096)
def is_cancelled(status: str, resolution: str) -> bool:
    """Whether an item ended without being delivered."""
    return any(_CANCELLED.search(fold_word(text)) for text in (status, resolution))


def yes_no(text: str) -> bool | None:
    """Yes, no, or neither."""
    folded = fold_word(text)
    return True if folded in _YES else False if folded in _NO else None


def is_obligation(text: str) -> bool | None:
    """Whether a cell says that a law, contract or audit demands the work; None where it says neither."""
    answer = yes_no(text)
    return True if answer is None and _OBLIGATION.search(fold_word(text)) else answer


def is_obligation_label(label: str) -> bool:
    """The same of a label, which has to be that word and nothing more: `regulatory`, not `legal-review`."""
    return bool(_OBLIGATION_LABEL.fullmatch(fold_word(label)))
