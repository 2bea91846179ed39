"""The contract of the cost file: what each column means, whether it must be there, and how others call it."""

import re
import unicodedata
from dataclasses import dataclass

from roi.domain.money import MINOR_DIGITS

_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a contract.

    `synonyms` are header texts that surely mean it, in normal form (`normal`); `hints` are single words
    that make it a guess.
    """

    name: str
    label: str
    help: str
    synonyms: frozenset[str]
    hints: frozenset[str] = frozenset()
    is_required: bool = False
    is_statable: bool = False


def normal(header: str) -> str:
    """A header without what people vary: case, accents' composition, signs, blanks, a currency code."""
    text = _NOT_WORD.sub(" ", unicodedata.normalize("NFC", header).casefold()).strip()
    words = text.split()
    kept = [word for word in words if word.upper() not in MINOR_DIGITS]
    return " ".join(kept or words)


def _field(name: str, label: str, text: str, synonyms: str, hints: str = "", **flags: bool) -> Field:
    known = frozenset(normal(part) for part in (name, label, *synonyms.split(",")) if part.strip())
    return Field(name, label, text, known, frozenset(hints.split()), **flags)


COST_FIELDS: tuple[Field, ...] = (
    _field(
        "month",
        "Month",
        "The posting month: a month (2026-04) or a date in it.",
        "period,posting month,posting period,posting date,date,payment date,accounting period,fiscal month,"
        "monat,buchungsmonat,buchungsdatum,datum,periode,buchungsperiode,"
        "mois,date comptable,date,période,mois comptable,"
        "mes,fecha,periodo,fecha contable,fecha de contabilización",
        "month date period monat datum mois fecha mes",
        is_required=True,
        is_statable=True,
    ),
    _field(
        "amount",
        "Amount",
        "What the line cost; a credit is negative.",
        "value,cost,net amount,amount net,betrag,nettobetrag,kosten,wert,betrag netto,"
        "montant,montant ht,coût,montant net,importe,importe neto,coste,monto,cantidad",
        "amount betrag montant importe monto",
        is_required=True,
    ),
    _field(
        "currency",
        "Currency",
        "The ISO code of the amount: USD, EUR, GBP.",
        "currency code,ccy,curr,währung,waehrung,devise,monnaie,moneda,divisa",
        "currency währung devise moneda divisa",
        is_required=True,
        is_statable=True,
    ),
    _field(
        "team",
        "Team",
        "The team that the line belongs to, by the name or key it has here.",
        "team name,squad,squad name,mannschaft,équipe,equipe,equipo",
        "team squad équipe equipo",
        is_statable=True,
    ),
    _field(
        "cost_centre",
        "Cost area",
        "The cost centre, area or project of the books; it is mapped to a team once.",
        "cost centre,cost center,expense area,cost area,cost center name,cost centre name,"
        "costcentre,costcenter,"
        "kostenstelle,kst,centre de coût,centre de coûts,centro de coste,centro de costo,centro de costes",
        "centre center kostenstelle centro area",
        is_statable=True,
    ),
    _field(
        "pool",
        "Pool",
        "A shared cost that is spread over teams by a driver later: rent, licences, a shared role.",
        "cost pool,shared cost,kostenpool,pool de coûts,grupo de costes",
        "pool",
        is_statable=True,
    ),
    _field(
        "person_key",
        "Person key",
        "A key for a person, never a name; only its keyed hash is stored.",
        "employee id,employee number,employee key,staff id,personnel number,worker id,personalnummer,"
        "matricule,número de empleado,id empleado",
    ),
    _field(
        "category",
        "Cost type",
        "What was bought: salaries, contractors, cloud, software.",
        "category,cost type,expense type,cost element,account name,gl account name,type,account,"
        "kostenart,konto,"
        "nature de charge,type de dépense,compte,tipo de gasto,categoría,cuenta,clase de coste",
        "category type account kostenart",
    ),
    _field(
        "supplier",
        "Supplier",
        "Who was paid.",
        "vendor,supplier name,vendor name,payee,lieferant,kreditor,fournisseur,proveedor",
        "supplier vendor lieferant fournisseur proveedor",
    ),
    _field(
        "reference",
        "Reference",
        "The number of the document or payment in the books.",
        "transaction number,transaction no,transaction,transaction id,document number,document no,"
        "invoice number,"
        "invoice no,voucher,belegnummer,beleg,rechnungsnummer,numéro de pièce,pièce,"
        "número de documento,factura",
        "transaction invoice document reference beleg",
    ),
    _field(
        "description",
        "Description",
        "Free text of the line.",
        "text,narrative,memo,line description,details,comment,beschreibung,buchungstext,libellé,"
        "descripción,concepto",
        "description text narrative",
    ),
    _field(
        "scenario",
        "Scenario",
        "actual, plan or outlook; actual when the file has no such column and none is stated.",
        "version,szenario,scénario,escenario",
        "scenario",
        is_statable=True,
    ),
    _field(
        "nature",
        "Nature",
        "cash_cost unless said otherwise: capitalised_labour_credit, amortisation, accrual, ...",
        "cost nature,kostennatur,nature",
        "",
        is_statable=True,
    ),
    _field(
        "intent",
        "Intent",
        "run, grow or transform.",
        "run grow transform,run change,spend intent",
        "intent",
        is_statable=True,
    ),
    _field(
        "treatment",
        "Treatment",
        "capital or operating.",
        "capex opex,capex/opex,accounting treatment,capitalised,capitalized",
        "treatment capex opex",
        is_statable=True,
    ),
    _field(
        "line_key",
        "Line key",
        "A key of the line that stays the same when it is corrected.",
        "line id,row id",
    ),
    _field(
        "period_start",
        "Service from",
        "First month that the cost is for, when it covers more than its posting month.",
        "period start,service start,charge period start,service from,leistung von,début de période,"
        "inicio del periodo",
    ),
    _field(
        "period_end",
        "Service to",
        "Last month that the cost is for.",
        "period end,service end,charge period end,service to,leistung bis,fin de période,fin del periodo",
    ),
)

BY_NAME: dict[str, Field] = {field.name: field for field in COST_FIELDS}
OBJECTS = ("team", "cost_centre", "pool", "person_key")
"""One of these must be in the file or be stated: what the cost belongs to (decision D17)."""

ALLOWED_DEFAULTS = {"scenario": "actual", "nature": "cash_cost"}
"""What a line is when its file says nothing else; noted in the settings that were used."""
