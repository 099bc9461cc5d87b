"""Which words stand around places, and which names of places are words or names of people too?

What is a word was looked up in the small list of SCOWL, what is a name of people in the US census
of 1990 and in lists of names of some thirty countries; only what a place in the gazetteer is called
too is kept here.
"""

from __future__ import annotations

from detente.reading.calendar_words import MONTHS, WEEKDAYS
from detente.reading.lists import words_of
from detente.reading.places.gazetteer import Kind

__all__ = [
    "BETWEEN", "COMPASS", "DAYS", "IN", "LOOSE", "MOTION", "NEVER", "NOUNS", "NOUNS_BEFORE", "OF",
    "OPENING", "PEOPLE", "PEOPLES", "PLACES_OF", "SAYING", "TITLES", "TO", "WORDS",
]  # fmt: skip

IN = words_of(
    """
    across along amid around at beside beyond in inside into near nearby outside through
    throughout toward towards via within
    """
)
"""Prepositions after which a name is that of a place."""

TO = words_of("to from")
"""Prepositions after which it is one where something moves."""

OF = words_of("of between over for against")
"""Prepositions after which it may be one."""

MOTION = words_of(
    """
    arrive arrived arrives back came come convoy drive driven drove east evacuated exported
    exports fled flew flight flights flown fly flying go goes going headed heading journey
    kilometres km left marched miles move moved moving north path return returned returning
    returns road roads route sailed sent ship shipments shipped south train trains travel
    traveled travelled travelling travels trip trucks visit way went west withdraw
    withdrawal withdrawn withdrew
    """
)
"""Words before *to* and *from* that tell of moving."""

PLACES_OF = words_of(
    """
    all archbishop battle bishop capital center centre coast east fall governor half hills
    mayor most much north outskirts part parts people ports residents siege south state
    streets suburb suburbs towns university villages west whole
    """
)
"""Words before *of* whose other side is a place."""

COMPASS = words_of(
    """
    central downtown east eastern greater lower mainland north northeastern northern
    northwestern occupied south southeastern southern southwestern upper west western
    """
)
"""Words that tell which part of a place is meant, also with a capital."""

BETWEEN = COMPASS | words_of("the besieged both modern nearby neighboring neighbouring rural")
"""Words between a preposition and a name."""

DAYS = frozenset(MONTHS) | frozenset(WEEKDAYS)
"""Months and days of the week."""

OPENING = words_of(
    """
    because besides capital despite except if like meanwhile only since so still then thus
    today unlike when while yesterday yet
    """
)
"""Words that begin a sentence before a name."""

NEVER = DAYS | words_of(
    """
    bank begun centennial church come confederation commonwealth duma english fatah federal general
    god hamas holiday independence liberal man mission most much officer opportunity police
    republic sale same than the time union university
    """
)
"""Words that name no place, though a place has that name, and they have a capital."""

TITLES = words_of(
    """
    ambassador bishop chancellor correspondent governor king mayor minister premier
    president prime prince queen spokesman spokeswoman
    """
)
"""What somebody is, after the place of which he is that."""

SAYING = words_of(
    """
    accepted accepts accused accuses added adds agreed agrees announced announces argued
    argues asked asks believes claimed claims condemned condemns confirmed confirms declared
    declares demanded demands denied denies denounced expects feared fears hailed hinted
    hopes insisted insists objected objects offered offers pledged pledges promised promises
    proposed proposes protested refused refuses rejected rejects replied replies responded
    said says signalled stressed suggested suggests tells threatened threatens told urged
    urges vowed vows wants warned warns welcomed welcomes
    """
)
"""Verbs with which a capital stands for its government."""

PEOPLES = words_of(
    """
    afghan arab azerbaijani bahraini bengali emirati greek iraqi israeli kashmiri kazakh
    kurdish kuwaiti kyrgyz nepali omani pakistani qatari saudi serb somali swiss tajik
    turkmen uzbek yemeni
    """
)
"""What belongs to a country or a people, beside what its ending tells."""

_REGIONS = words_of(
    """
    archipelago basin canton coast corridor county delta desert district enclave exclave
    governorate heights hills island mountains oblast peninsula plain plateau prefecture
    province raion region steppe strip valley
    """
)
_WATERS = words_of("bay canal estuary gulf lake ocean reservoir river sea strait straits")
_SITES = words_of(
    "airfield airport border bridge checkpoint crossing dam harbor harbour port station terminal"
)
_TOWNS = words_of("city municipality settlement suburb town village")
_KINDS = (
    (_REGIONS, Kind.REGION), (_WATERS, Kind.WATER), (_SITES, Kind.SITE), (_TOWNS, Kind.CITY),
)  # fmt: skip

NOUNS = {word: kind for words, kind in _KINDS for word in words}
"""Geographic nouns with the kind of place that they name."""

NOUNS_BEFORE = words_of("cape lake mount river")
"""Those that stand before a name without *of*."""

LOOSE = words_of("border city coast heights plain station strip terminal")
"""Those that stand beside anything, in small letters."""

WORDS = words_of(
    """
    acre ales alliance along altos ampere anchorage anew angers annex antelope anthem apex
    archway auburn bade badger bake bani bank banning bar barking bath baud bay bear begun
    bell bend bender best bologna boo boom borne boulder bountiful bow bra bras bray brick
    brusque buffalo bury bush butte butterfly buy can canning cassino cat centennial central
    clay cocoa cognac coin colon come commonwealth concord confederation converse cork cove
    crystal cypress date deal defiance delta dig dire dole dome dour drama eagle emporia
    enterprise erode eureka evergreen fate federal felling fiche fleet flint flora fords
    forest fountain gap garland gay gent god goes golden gondola gore grapevine grays green
    groves hale harrow hays hem hickory highland hillside hire hit holiday homestead hook
    horde horn hove hub hull humble hurricane imperial independence jam jersey jingling
    keystone lancing lander laurel leek leer lend lens liberal liberty lice limerick lop
    magenta male man manage mango manly march marina marks martin mascara mascot mason
    medias mentor meridian metro midstream midway mile mine mission mobile moron moss most
    much mustang newton nice normal ode officer ogre opportunity oral orange orchards
    overland pace panorama papa papaya paradise paramount pare parole pearl peer pen pest
    phoenix piranhas plantation plaque plum plunge police pop pout prosper providence pueblo
    puma punch queens reading republic reservoir retreat reunion revere rich roman roses
    rouge rugby ruse rye saga sake saki sale salt same sandy sari savage save say seaside
    sedan shaping shone simmering sire sparks split spring springs stains sterling stoke
    stow sue sulphur summit sunrise sunset superior surprise swords tame tank tartar temple
    terrace than time tire tome tooting torrent tours union university uptown van vicar
    vineyard vise vista walker walnut warren wedding welling wellington westerly wetter
    wheeling woodland woodlands worms wright yoga young
    """
)
"""Names of places that are also English words."""

PEOPLE = words_of(
    """
    abba abha achim ada adam addison adelaide aden adler adrian adriano agudo aiken aki
    aksay aksu alamo alba albuquerque alcantara aldridge alegre alexandra alexandria ali
    aliaga alice alicia allen alma almagro almansa almonte alta alton alvarado alvin amadeo
    amancio ames ami amos amparo anand anda anderson andria ann anna antonina antony
    aparecida appleton aral arcelia arcos ariel arjona arnold aroa arriaga artemisa artigas
    aru asha ashford ashton asia aston asuncion atherton ati augusta aurora austin avila
    aviles babati babol babu badami badr baena baeza baki balaguer baldwin bali banda banko
    baran barbosa bareja barnes baro barranco barroso barry bartlett basel bashan bedford
    bedi bela belen bello belmonte belton benavente bentley benton bera berat bergen berlin
    bermejo bethany beverley beverly bhavani bilbao billings bina birmingham blackburn
    blackwood blaine blanes blomberg bloomfield blythe boardman bochnia bohuslav boke bolton
    bonny boone bor boston bowie bozeman brad bradford bradley brandon brant brcko breda
    brent bristol brody bryan bryant buchanan buckingham buckley budai buenaventura bulle
    bundi burbank burgos burke burleson burton bushey bustos buxton cabrero caceres
    calatayud caldera caldwell calhoun calvillo camargo camarillo campbell canas candelaria
    canete canton cantu carballo cardenas cardona carey carlisle carlton carmel carmelo
    carmichael carmona carney carolina carson cary casper castilla castro celina cerro chad
    chaman chanda chandler charlotte chas chaves chelsea chester cheyenne chhabra chico
    chino chita christiana chu cifuentes ciro claudio clayton clemmons cleveland clifton
    clinton clive cochrane colton columbus compton concepcion conde constanta constanza
    conway conyers corcoran cordoba cordova corlu cornelius corona coronado cota covington
    cowley cranford crawley crespo croata cuenca cueto cunha cusano custodia cutler dallas
    dalton daphne dar dara darwin davenport david davis dayal dayton dej delgado delmas
    denison denton denver depew derby desio dessie dhar dickinson dickson dixon dolores
    donna doreen dori douglas dover downey draper duarte duba dudley dumas dumont duncan
    durant durham dyer easley easton eden edina edison edmond edmonds elda elgin elizabeth
    elmira eloise elorza eloy elwood ely emin emmen emmerich ena encarnacion engels enid
    ennis erbil erskine escalante esim esmeralda esna esparza esperanza espinal espinosa
    estelle estrella eugene eusebio evans everett ewing fairbanks fajardo farah fatih fatima
    ferguson ferrara fillmore florence florencia flores florida florin florina foley folsom
    fonseca fontaine fordham forney franca franklin frederick fullerton fuzuli galvez ganda
    garcia gardner garfield garibaldi garner gary garzon gaspar gautier gaya geneva george
    georgia gera gero gil gilbert gillette giron girona giza glasgow gloria godfrey gonen
    gori gorlitz gracia graham granger grantham granville greenfield greenwood greer gresham
    griffin griffith guadalupe gyula hagen hajo hami hamilton hamm hammond hampton handa
    haney hannan hanno harbin harlow harper harrison hartford hartley harvey hassan hastings
    hatfield hatton hawthorne hayes hayward hazelwood heba heide helena helin henderson
    henrietta heredia hernando herndon herve hidalgo hilliard hobbs holbrook holden holguin
    holland hollis holloway holt hoover hopkins hornsby hough houston howard hudson
    huntington huntley hurst hutchinson hutto hyde ibarra ica iglesias iida ina inga iona
    irvine irving isa isabela ise iwo jackson jaen janin jarvenpaa jasper jena jenks
    johnston johnstone jordan jos joso judita kaarina kabala kade kai kalka kallio kaluga
    kamal kami kanda kandi kandy kant kara karanja kari karuri kas kashan kati katy kearney
    kearns keene keller kendall kennedy kenner kent kerman khanna kikuyu kilburn kim
    kimberley kingori kingston kira kirkland kirkwood kish kituku klin kobryn kolar kong kos
    kosi koster kota kriens kunda kusa kyle lacey ladner lage laguna lahr lahti lai lamont
    lampa lancaster langford langley lanka lara larisa latham lathrop lauri lawrence lawson
    lawton layton leander leduc leigh leland lemay lenoir leo leon leopoldina leslie leticia
    levin levis lida lima limon linares lincoln linda lindau linden lindsay lira littleton
    livingston livingstone logan lola lombard london loni loos lopez lorena loreto lourdes
    lowell lucas lucca luce lucena lucero lugo lujan lund lutz luz lyman lynn lynwood lyon
    mach machado mackay macon macpherson madera madison madrid magdalena mahad mahan mahe
    mai maia maki mala maldonado mamun mandal mandi mani mansfield manzanares marco
    margherita mari mariana mariano marica marietta marin marino marion markham markova
    marlow marrero marshall marte martinez martorell mary masai massa massey matara mati
    matteson matthews mauldin mcdonough mchenry mckinney mclean medina melgar melle melo
    mena mendes mendoza mercedes merrick mesa messina metz middleton mie mijas mila milan
    milas milford milliken milton minna miranda mitchell moa modesto modugno mokwa mol
    molina monaco monroe montalban montalvo montana monteiro montenegro montero montgomery
    montserrat moore mora morales morar morena moreno morley morton mosquera mulongo munger
    muniz munoz murcia muret murphy murray mwanza nada nadi nagar nakamura nan nancy napier
    nava navarro navas nazareth needham neira nelson newport nigel nikel nikki niles nili
    njeru nola norman norton norwood nur oakley ocana ochota odessa ogden oldham olimpia
    oliva oliveira oosterhout orlando oshodi osorio osuna oxford oymak pacifica paco paine
    palacio palau palermo pali palma palmer palmira para paredes paris parker paterson
    patterson patti pau peabody peckham pendleton pereira perez perry pharr pickering pilar
    pimentel pinto pio pizarro polanco ponce poole porta porto pozega prado prescott preston
    prichard puri purificacion quesada quevedo quincy quintana quintero qushi racine
    radcliffe radford rafaela rahat raleigh rama raman ramon ramona ramos ramsey randolph
    rangel raval rawson raya redding redmond rees regina reitz remedios remigio reni reno
    requena ribera richardson richmond ridder riihimaki ripley rittenhouse rivas rivera
    robertson rocha rodriguez rogers rojas rome romulus ron ronda roosevelt rosales rosario
    rosas rosenberg rosetta roth rovira roy rubio rufino rutherford rutland ruwa saba sado
    sagar saida salamanca salcedo salerno salgado sali salina salinas salisbury salo
    salvador sama samaniego samar sandi sandu sanford santana santiago santos sanya saran
    sava savannah sayan scarborough schagen schroeder searcy sebastian segovia seguin selby
    selcuk selma semender senta seppa serra sevilla sewell seymour shaw sheffield shelby
    shelton sheridan sherman sherwood shipley shirley shively sidney simen sindi socorro
    sofia sokol sokolov sola solana solano soledad somerville soria sosa souma sousa
    spalding stafford stallings stanley stanton stella stockton stroud stuart suarez sudak
    summerville sunel sur surian sutton sydney tabor taft tak talavera tamra tanay tara tata
    tavares taylor tena teo tera teresa terrell teruel thies thomson thorne thornton timoteo
    tipton toledo tolentino tolosa toma tomi tonga tono torres tovar tracy trapani trenton
    trinidad trowbridge troy trujillo tsuma tucker tudela tulun tyler una urena vada
    valdivia valencia valenzuela valera vallejo valls valverde vaughan veenendaal velez
    ventura vera verena vernon verona viana victoria vigo vilar villanueva villaverde
    villena vincent virginia vitoria vittoria vladimir wadi wadsworth wakefield wako ware
    warwick washington wayne weatherford weir weru wesoła westbrook weston wharton wheaton
    whitman whitney willoughby wilson wilton winchester windham windsor winona wolcott
    woodbury woodrow wyckoff wylie xenia yaiza yamada yara york zachary zafar zaida zamora
    zaragoza zarate zaraza
    """
)
"""Names of places that people have too."""
