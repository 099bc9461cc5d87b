"""Which words stand in any report of talks, and so tell little of what it is about?"""

from __future__ import annotations

from detente.reading.lists import words_of

__all__ = ["ORDINARY", "SMALL"]

SMALL = words_of(
    """
    about above after again against ago all almost already also although always among and another
    any anybody anyone anything are around aside away because been before being below beside besides
    between beyond both but can cannot could did does doing done down during each either else
    enough even ever every everybody everyone everything few for from further had has have having
    her here hers herself him himself his how however into its itself just least less many may
    maybe might mine more most much must near neither never nobody none nor not nothing now off
    often once only onto other others ought our ours out outside over own per perhaps quite rather
    shall she should since some somebody someone something soon still such than that the their
    theirs them themselves then there these they this those though through thus till together too
    toward towards under unless until upon very was were what whatever when where whereas whether
    which while who whoever whole whom whose why will with within without would yes yet you your
    """
)
"""Words that carry no meaning of their own."""

ORDINARY = words_of(
    """
    able abroad accept acceptable according account act add address adopt adviser affect african
    afternoon age agree agreed agreement ahead aim air allow alone along ambassador america
    american amount anger angry announce answer appear approach april area argue arms arrive
    asia asian ask attack attempt august autumn away back bad bank base based basic basis bear
    became become began begin begun behaviour belief believe belong benefit best better big bill
    billion bind body bold book both bought break bring brought build building built business
    buy cabinet call came capital card care careful carry case cause centre certain chair
    chairman chance chancellor change chapter charge chief choice choose chose circumstance
    citizen city claim clear clearly clever close coast cold colleague come comment commission
    committee common company complete concern condition conference confirm consider contain
    continue contribute contribution control cost council count country course court create
    crisis critic critics crowd current cut date day dead deal dear debate decade december
    decide decision declare deep defence defend delay delegation delivery demand deny depend
    deputy describe detail different difficult diplomat discuss discussion document dollar door
    doubt dozen draft draw drawn drew drop due early east eastern easy economic economy effect
    effort eight eighteen eighty eleven end enter envoy euro europe european evening event exact
    exactly example exist expect expert explain face fact fail fair fall family far fast father
    favour fear february feel fell felt fewer field fifteen fifty fight figure final finance
    find fine finish firm first fit five flow follow force foreign form former forty forward
    fought found four fourteen framework free fresh friday front full fund future gain gave
    general get give given glad global goal gone good got government great grew ground group
    grow guard half hand happen happy hard harm head hear heard heart heavy held help high
    history hold home honest hope hospital hotel hour house hundred hundreds idea important
    improve include increase independent initiative institution intend interest international
    invite involve issue january join joint journalist judge july june just keep kept key kill
    kind knew know knowledge known land large last late later law lawyer lay lead leader learn
    leave led left legal less let letter level lie life light like likely limit line list little
    live local long look lose loss loud low made main make man manage map march mark market
    matter mean meant measure mediator meet meeting member men met middle midnight military
    million mind minister ministry minute mistake model moment monday money month morning move
    movement name narrow nation national near necessary need negotiate negotiation negotiator
    new news newspaper next night nine nineteen ninety nobody noon north northern note notice
    november number object objection obligation october offer office officer official old once
    one open operate opinion oppose opposition option order organisation organise origin outcome
    package page paid paper parliament part partial partly partner party pass path patience pay
    payment peace people percent perfect period permanent person phase piece place plan play
    pleased point police policy political politics poor position possible post potential power
    prefer premier prepare present president press pressure prevent price prime principle
    private probable problem procedure process produce profit programme progress project promise
    proper property proposal propose protect protection provide provision public punish purpose
    push put quarter question quick quickly quiet quite radio raise ran rapid reach read ready
    real reason receive recent record refuse region reject relation remain remember reply report
    reporter reporters representative require resolution resolve respect response responsibility
    rest result return reveal review right rise risk road role room rose round rule run safe
    said same sat saturday save saw say scale sea season seat second secret secretary secure
    security see seek seem seen self sell senator send senior sense sensible sent separate
    september serious serve service session set settle settlement seven seventeen seventy
    several share short show shown side sight sign signature similar simple single sit situation
    six sixteen sixty size slow small social society sold solution solve sorry sort south
    southern speak speaker special spend spent spoke spokesman spokeswoman spring stage stand
    start state statement status stay step stood stop story strange street strong structure
    stuck subject succeed success sudden suffer suggest summer summit sunday supply support sure
    surprise survey system table take taken talk task team television tell ten term test text
    thank thing think third thirty thought thousand threat three threw thursday tie till time
    today told tomorrow tonight took top total town trade travel treat treaty trouble true trust
    truth try tuesday turn twelve twenty twice two unclear understand understood union unit
    unite united use useful usual value version victory view visit voice wait want war warn
    watch water way weak weather wednesday week welcome went west western whatever wide willing
    win winter wise wish woman women won word work world worse worth write written wrong wrote
    year yesterday young
    """
)
"""Words that are heard whatever the talks are about: two of them do not make a subject."""
