"""Header words of issue trackers in English, Spanish, French, German and Portuguese, by the field they mean.

All words are folded (`fold_word`): no accents, no case, no signs. The first word of a field is the surest.
"""

import re
import unicodedata
from functools import lru_cache

_NOT_WORD = re.compile(r"[\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=16_384)
def fold_word(text: str) -> str:
    """A header or value without what trackers vary: case, accents, signs, blanks; StartedOn is Started on."""
    parted = _CAMEL.sub(" ", text)
    if not parted.isascii():
        signs = unicodedata.normalize("NFKD", parted)
        parted = "".join(sign for sign in signs if not unicodedata.combining(sign))
    return _NOT_WORD.sub(" ", parted.casefold()).strip()


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.replace("\n", ",").split(",") if word.strip())


FIELDS: dict[str, tuple[str, ...]] = {
    name: _words(words)
    for name, words in {
        "key": """
            issue key,work item key,key,ticket key,ticket number,ticket id,task number,task id,
            item id,case id,clave de incidencia,clave de la incidencia,clave,cle de ticket,
            cle de la demande,cle de demande,cle,vorgangsschlussel,schlussel,chave da item,
            chave do item,chave do ticket,chave da ocorrencia,chave""",
        "id": """
            issue id,work item id,id,id de la incidencia,id de incidencia,id de ticket,
            identifiant de ticket,id de la demande,identifiant de la demande,vorgangs id,id da item,
            id do item,id do ticket""",
        "type": """
            issue type,work item type,work type,item type,ticket type,type,tracker,
            tipo de incidencia,type de ticket,type de demande,vorgangstyp,typ,tipo de item,
            tipo do item,tipo de ticket,tipo""",
        "summary": """
            summary,title,subject,resumen,titulo,resume,titre,zusammenfassung,titel,resumo""",
        "status": """status,state,estado,etat,statut,zustand,situacao,activity id,activity""",
        "status_category": """
            status category,categoria de estado,categoria del estado,categorie d etat,
            categorie de l etat,categorie de statut,statuskategorie,categoria de status,
            categoria do status""",
        "status_changed": """
            status category changed,categoria de estado modificada,categoria de estado cambiada,
            categorie d etat modifiee,categorie de statut modifiee,statuskategorie geandert,
            categoria de status alterada,categoria do status alterada""",
        "changed": """
            changed,changed at,changed on,change date,transition date,transitioned at,entered at,
            entered,complete timestamp,timestamp""",
        "created": """
            created,created at,created at utc,created on,created date,date created,opened,
            prioritised,prioritized,creada,creado,fecha de creacion,creation,cree,creee,
            date de creation,erstellt,erstellt am,erstelldatum,criado,criada,criado em,
            data de criacao""",
        "started": """
            actual start,actual start date,started,started at,started on,date started,work started,
            dev started,development started,in progress since,activated date,inicio real,
            fecha de inicio real,iniciado,debut reel,date de debut reelle,demarre,demarre le,
            tatsachlicher start,begonnen,begonnen am,gestartet,data de inicio real,iniciado em,
            start date,start,fecha de inicio,date de debut,startdatum,data de inicio""",
        "resolved": """
            resolved,resolved at,resolved on,resolution date,done,done date,completed,completed at,
            completed on,completed date,completion date,closed,closed at,closed at utc,closed on,
            closed date,finished,finished at,finished on,finish date,resuelta,resuelto,
            fecha de resolucion,finalizado,finalizada,resolu,resolue,date de resolution,termine,
            terminee,gelost,erledigt,erledigt am,abgeschlossen,abgeschlossen am,resolvido,resolvida,
            data de resolucao,concluido,concluida,concluido em,data de conclusao""",
        "cancelled": "cancelled,canceled,cancelled at,canceled at",
        "resolution": "resolution,resolucion,losung,resolucao",
        "project": """
            project key,project,clave del proyecto,clave de proyecto,proyecto,cle du projet,
            cle de projet,projet,projektschlussel,projekt,chave do projeto,projeto""",
        "project_name": """
            project name,nombre del proyecto,nombre de proyecto,nom du projet,nom de projet,
            projektname,nome do projeto""",
        "team": """
            team,team name,squad,squad name,scrum team,agile team,delivery team,dev team,
            development team,team key,equipo,nombre del equipo,equipe,nom de l equipe,mannschaft,
            nome da equipe,area path""",
        "component": """
            component,components,component s,componente,componentes,componente s,composant,
            composants,composant s,komponente,komponenten,komponente n""",
        "labels": """
            labels,label,tags,tag,etiquetas,etiqueta,etiquettes,etiquette,stichworter,stichwort,
            rotulos,categorias""",
        "parent_id": """
            parent id,parent,id principal,id de la incidencia principal,id superior,principal,
            id parent,identifiant parent,ubergeordnete id,ubergeordnet,ubergeordneter vorgang,id pai,
            pai""",
        "parent_key": """
            parent key,parent issue,parent issue key,parent link,clave principal,clave del padre,
            cle parent,cle parente,cle du parent,ubergeordneter schlussel,
            schlussel des ubergeordneten vorgangs,chave pai,chave do pai,chave principal""",
        "parent_summary": """
            parent summary,resumen principal,resumen del padre,resume parent,resume du parent,
            zusammenfassung des ubergeordneten vorgangs,resumo pai,resumo do pai""",
        "epic_link": """
            epic link,epic,epic key,epic id,enlace de epica,enlace a epica,vinculo de epica,epica,
            lien d epopee,lien vers l epopee,lien de l epopee,lien epic,lien d epic,epopee,
            epos verknupfung,epos link,epic verknupfung,epos,link do epico,link epico,link da epic,
            epico""",
        "epic_name": """
            epic name,nombre de epica,nombre de la epica,nom de l epopee,nom d epopee,nom d epic,
            epos name,name des epos,epic titel,nome do epico,nome da epic""",
        "blocked_by": """
            blocked by,is blocked by,depends on,bloqueada por,bloquee par,blockiert durch,bloqueado por""",
        "blocks": "blocks,is blocking",
        "flow_kind": """
            epic type,epic kind,kind,flow item,flow item type,work category,investment category,
            category,categoria,categorie,kategorie""",
        "obligation": """
            obligation,is obligation,mandatory,regulatory,compliance,legal obligation,obligacion,
            obligatorio,obligation legale,obligatoire,pflicht,verpflichtung,obrigacao,obrigatorio""",
    }.items()
}
"""Our fields with the header words that mean them."""

KEPT: frozenset[str] = frozenset(
    _words(
        """priority,prioridad,priorite,prioritat,prioridade,sprint,fix version,fix versions,
        fix version s,versiones corregidas,version corrigee,versions corrigees,losungsversion,
        losungsversionen,versoes corrigidas,due date,updated,updated at,updated at utc,updated on,
        actualizada,actualizado,mise a jour,mis a jour,aktualisiert,atualizado,atualizada,
        atualizado a,original estimate,remaining estimate,time spent,estimacion original,
        tiempo trabajado,tiempo empleado,estimation originale,temps consacre,ursprungliche schatzung,
        aufgewendete zeit,estimativa original,tempo gasto"""
    )
)
"""Columns that no field reads today and that hold no one's name: they stay in the redacted rows."""

DATED = frozenset(
    _words(
        """updated,updated at,updated at utc,updated on,actualizada,actualizado,mise a jour,mis a jour,
        aktualisiert,atualizado"""
    )
)
"""Kept columns whose days say until when the file knows."""

PLANNED = frozenset(_words("start date,start,fecha de inicio,date de debut,startdatum,data de inicio"))
"""Start dates that people plan, so that work may not have begun on that day."""

PEOPLE = frozenset(
    _words(
        """assignee,assignees,reporter,creator,watcher,watchers,owner,owners,author,authors,user,
        users,username,developer,developers,tester,testers,approver,approvers,reviewer,reviewers,
        manager,contact,person,persons,people,member,members,participant,participants,voter,
        voters,stakeholder,stakeholders,requester,requestor,engineer,employee,staff,worker,email,
        mail,coach,master,analyst,designer,architect,responsible,informador,informante,creador,
        autor,observador,observadores,persona,personas,responsable,responsables,usuario,rapporteur,
        auteur,createur,observateur,observateurs,personne,personnes,attribution,utilisateur,
        bearbeiter,ersteller,melder,berichterstatter,beobachter,projektleiter,benutzer,entwickler,
        prufer,zustandig,agent,agente,technician,responsavel,relator,criador,pessoa,pessoas,lider,desenvolvedor"""
    )
)
"""A header that holds one of these words holds people."""

PEOPLE_PHRASES = re.compile(
    r"(project|team|tech|technical|product) lead\b"
    r"|^(assigned|created|updated|closed|resolved|reported|changed|modified|opened|approved|tested|"
    r"reviewed) (by|to)\b"
    r"|^(asignad[oa] a|cread[oa] por|assignee? a|cree par|zugewiesen an|erstellt von|atribuid[oa] a|"
    r"criad[oa] por)\b"
)

FREE_TEXT = frozenset(
    _words(
        """description,comment,comments,environment,attachment,attachments,worklog,note,notes,
        criteria,descripcion,comentario,comentarios,entorno,adjunto,adjuntos,commentaire,
        commentaires,environnement,jointe,jointes,beschreibung,kommentar,kommentare,umgebung,anhang,
        anhange,descricao,ambiente,anexo,anexos"""
    )
)
"""A header that holds one of these words holds text that nobody has checked for names."""

WORK_LOGS = re.compile(
    r"^(log work|work log|registro de trabajo|journal de travail|arbeitsprotokoll|registro de trabalho)\b"
)

_CUSTOM = (
    r"custom field|campo personalizado|campo customizado|champs? personnalises?"
    r"|benutzerdefinierte?s? felde?r?"
)
CUSTOM = re.compile(rf"^(?:{_CUSTOM}) (?=\S)")
"""What stands before the name of a custom field."""

_IN = r"inward|entrante?|de entrada|entrada|intern[oa]|eingehend\w*"
_OUT = r"outward|sortante?|saliente|de salida|saida|extern[oa]|ausgehend\w*"
_BLOCKS = r"block\w*|bloqu\w*|depend\w*"
INWARD_BLOCK = re.compile(rf"\b(?:{_IN})\b.*\b(?:{_BLOCKS})\b")
"""The items that block this one: Jira's inward side reads “is blocked by”."""
OUTWARD_BLOCK = re.compile(rf"\b(?:{_OUT})\b.*\b(?:{_BLOCKS})\b")
"""The items that this one blocks."""
