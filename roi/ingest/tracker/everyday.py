"""Words that anybody writes: an account that is called by one of them is not looked for inside texts.

Somebody may sign in as *mark*, *grace* or *support*; in a title these words are nearly always no person.
"""

from roi.ingest.tracker import vocabulary

SHORTEST = 4
"""An account of fewer letters may be any word, or a part of one."""

_ALSO_NAMES = """
angel april art august autumn bill blue bond brook brown carter chance chase chip church clay clerk cliff
cook crystal daily dawn dean diamond drew earl faith forest foster grace grand grant gray green harbor
harmony hazel heath home hope hunter iris ivory jack jade joy june justice king knight lane lark long
love lucky major marina mark marks market marsh mercury mercy merit miles mill mills noble olive opal
page park patience pearl penny pepper porter price prince pure rain ranger raven rich river robin rock
rose royal ruby sage sailor scout shell shepherd short silver skip smart spark star steel stone storm
summer sunny sunshine trace true turner venus wall ward west white will window windy winter wise wolf
wood woods worth young
"""
_ENGLISH = """
able about above accept access account across action active actual adapt address adjust admin adult
advance advice after again against agency agent agree ahead alarm alert align alike alive allow alone
along already also alter always amend among amount ample answer anyone anything apart appeal appear apply
approach approve area argue around arrange arrive article aside assess asset assign assist assume attach
attempt attend audit author auto available average avoid award aware away back backlog backup balance
band bank base basic basis batch beam bear beat became become been before begin behind being believe bell
belong below belt bench benefit best better between beyond bill bind birth bite blank block board boat
body bold book boom boost border born both bottom bound brain branch brand brave bread break brick bridge
brief bright bring broad broken brush budget build builder building built bulk bunch burn business busy
button buyer cable call came camera camp campaign cancel candle capital card care career carry cart case
cash cast catalog catch category cause cell cent center central centre chain chair change channel charge
chart chat cheap check checkout cheer chief child choice choose circle city claim class clean clear click
client climb clock clone close closed cloud club coach coast code coin cold collect color colour column
come comfort command comment common compare complete comply concept condition confirm connect console
contact contain content contest context contract control convert copy core corner correct cost could
count country couple course court cover crash create credit crew cross crowd cure current curve custom
customer cycle damage dance dark dash data database date deal dear debt decide deck deep default defect
define degree delay delete deliver demand demo deny deploy depth derive design desk detail detect device
devops dialog diet differ digital direct disk display district dock doctor document does dollar domain
done door double doubt down draft drag drain draw dream dress drink drive driver drop dual duty each
early earn earth ease easy edge edit editor effect effort eight either else email empty enable engage
engine engineer enough ensure enter entire entry epic equal error escape estimate even event ever every
exact exam example except exchange exist exit expand expect expert explain explore export express extend
extra face fact factor fail fair fall false family farm fast fault favor fear feature feed feel feet fell
field fifth fight figure file fill film filter final finance find fine finish fire firm first five flag
flat flow focus folder follow food foot force form format former forum forward found four frame free
freeze fresh from front fuel full function fund future gain game gateway gave gear general gets give
given glad glass global goal goes gold gone good goods grade graph great grey grid ground group grow
growth guard guess guest guide half hall hand handle hang happen happy hard harm hash have head health
hear heart heat heavy held hello help helpdesk here hero hidden hide high hill hint hire hold hole
holiday host hotel hour house however huge human hundred icon idea ideal image impact import improve
inbox include income index info inform inner input insert inside install instead insurance integration
intend interest internal internet into invite invoice issue item itself java join joint journal judge
jump just keen keep kept kernel kick kill kind knew know label lack lake land language large last late
later laugh launch layer layout lead leader leads leaf league learn least leave left legal lend length
less lesson letter level license life lift light like limit line link list listen little live load loan
local locate lock login logo look loop lose loss lost lots loud lower loyal luck lunch mail main make
maker making manage manager manner manual many march margin marketing mass master match material math
matter meal mean measure media medical meet meeting member memory menu merge message metal meter method
middle might mind mine minor minute miss mobile mode model modern module moment money monitor month more
most motion mount mouse move movie much music must name narrow nation native nature near neck need needs
nest network never news next nice night nine nobody node noise none normal north note nothing notice
notify number object obtain occur ocean offer office often okay once online only onto open operate option
orange order organ other others ought outer output outside over overall owner pace pack package paid pain
paint pair panel paper parent park part partner party pass past patch path pattern pause payment payments
peak pending people perfect perform period permit person phase phone photo phrase pick piece pilot pink
pipe pipeline pitch place plain plan planet plant plate platform play player please plenty plus point
policy pool poor port portal position post power present press pretty prevent print private problem
process product profile profit program project promise proof protect proud prove provide proxy public
pull pump purchase purpose push quality quarter queen query queue quick quiet quite race radio raise
range rank rapid rate rather reach react read reader ready real reason receive recent record recover
reduce refer reflect refund refuse region register regular reject relate release relay rely remain remote
remove rename rent repair repeat replace reply report request require rescue reset resolve resource
respond rest result retail retry return reveal review revise ride right ring rise risk road robot role
roll roof room root rough round route rule rules runner runtime rush safe safety said sale sales same
sample sand save scale scan scene schedule scheme school science scope score screen script search season
seat second secret section sector secure security seed seek seem select self sell send senior sense
serial series serve server service services session seven several shade shadow shall shape share sharp
sheet shelf shift shine ship shock shoot shop shopping should show shown shut side sight sign signal
silent similar simple since single site size sketch skill sleep slice slide slow small smooth snap snow
social soft software soil sold solid solve some someone song soon sort sound source south space spam
spare speak special speed spell spend spin split sport spot spread spring sprint square stable stack
staff stage stand standard start state status stay step stick still stock stop storage store story stream
street strict string strong studio study stuff style subject submit such sugar suggest suit super supply
support sure surface survey switch symbol sync system table tail take talk target task teach team teams
tech tell temp template tenant tend term test tester testing text than thank that their them theme then
there these they thin thing think third this those though thread three through throw thus ticket tier
till time timer tiny tired title today together token told tomorrow tone took tool tools total touch
tough tour toward tower town track trade traffic train transfer transform transport travel treat tree
trend trial trip truck trust truth turn twice type unable under union unit unknown until update upgrade
upload upon upper urgent usage used user users using usual valid value vendor verify version very video
view virtual visible vision visit voice vote wait wake walk want warm warn warning wash waste watch water
wave weak wear weather website week weight welcome well went were what wheel when where which while whole
whose wide wife wiki wild wind window wire wish with within without woman wonder word work worker
workflow world worry would wrap write wrong yard yeah year yellow yesterday zero zone anonymous automatic
automation backend billing deployment frontend hosting infrastructure maintenance nightly onboarding
operations procurement scheduler unassigned webhook webmaster postmaster noreply january february
september october november december monday tuesday wednesday thursday friday saturday sunday ability
achieve additional analysis approval assurance authority baseline billion cabinet capability capacity
challenge civil commercial community complex confidence consultant continue contractor critical decision
department education effective element energy equipment essential experience external facility framework
freelance further governance identity independent industry initial innovation intern international
knowledge latest library marketplace million milestone national official outcome planning police
portfolio potential previous primary procure programme readiness reform research retired robust scenario
secretary significant solution strategic strategy successful supplier sustain technical technology
temporary transition trainee treasury visitor vacation volume workforce workplace
"""
_OTHERS = """
abril agosto août avril dezember dezembro diciembre enero februar febrero février janeiro januar janvier
juillet juli juin julho julio junho juni junio märz maio marzo mayo novembre octubre oktober outubro
setembro septiembre aber alle auch aucun avec bitte cada casa como date datos deve dies diese dois donde
einkauf eine elle entre equipe equipo erste esta este fazer frei ganz gente grupo hace hier ihre jede
kein keine kunde kunden leben libre lista mais mesa mise mito muss nach nadie neue neuer nicht niemand
ninguém ninguno noch nous nuevo oder otro para pela pero plus pour prueba quand quem roda sans sein sich
sind sobre soll sont sous sowie tarea tarefa teste tipo todo todos toujours tout ventas viel vida vier
vous wenn wert wird zeit ziel
"""
_VOCABULARY = (
    *vocabulary.FIELDS.values(),
    vocabulary.KEPT,
    vocabulary.PEOPLE,
    vocabulary.FREE_TEXT,
)

_WORDS = frozenset(
    word
    for words in (_ALSO_NAMES.split(), _ENGLISH.split(), _OTHERS.split(), *_VOCABULARY)
    for phrase in words
    for word in (vocabulary.fold_word(phrase).split())
)


_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly")
_OF_WORDS = ("tion", "tions", "ment", "ments", "ness", "ship", "ical", "ology", "ability", "ibility")
"""How long words end that are no names."""
_LONG = 9


def is_everyday(word: str) -> bool:
    """Whether anybody writes this word, or one that it is made of by an ending; `word` without accents."""
    if word in _WORDS or (len(word) >= _LONG and word.endswith(_OF_WORDS)):
        return True
    stems = (word.removesuffix(end) for end in _ENDINGS if word.endswith(end))
    return any(stem in _WORDS or f"{stem}e" in _WORDS for stem in stems if len(stem) >= SHORTEST - 1)
