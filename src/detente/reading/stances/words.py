"""Which words tell how somebody stands toward a plan? The tables; edit freely.

In a phrase ``a/b`` is one word or the other, ``word~`` any word that begins so, and ``...`` up to
four words between. Levels are those of a case: from -3 (rejects outright) to 3 (full support).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from detente.reading.lists import words_of

__all__ = [
    "ATTITUDES",
    "CONDITIONS",
    "CONTRASTS",
    "EMBEDDING",
    "NEGATORS",
    "OTHERS",
    "Attitude",
    "pattern_of",
]


@dataclass(frozen=True, slots=True)
class Attitude:
    """Phrases that tell the same attitude.

    Parameters
    ----------
    level
        What they say; None if they say something only under a negation.
    negated
        What they say under a negation; None if that is not clear.
    withholds
        Whether what follows them in their sentence is left open by who speaks.
    """

    level: int | None
    negated: int | None
    phrases: str
    withholds: bool = False


ATTITUDES: tuple[Attitude, ...] = (
    Attitude(
        3,
        -3,
        """accept | accepts | accepted | accepting | acceptance of | sign | signs it/the/this
        | has/have/had signed | can/could/will/shall/may be signed | on board | signed off on
        | go/goes/went along with | relented | aligned with""",
    ),
    Attitude(
        3,
        -2,
        """support | supports | supported | supporting | supportive | endorse~ | approve
        | approves | approved | approval | agree | agrees | agreed to/with/on | agreed
        | in favour/favor of | in favour/favor | all for it | back | backs | backed | backing
        | blessing | stand/stands/stood/standing behind | consent to | consents to
        | consented to | embrace | embraces | embraced | adopt | adopts | adopted | ratify
        | ratified | ratifies | voted for | throw/throws/threw/thrown ... weight/support behind
        | thumbs up | green light | without reservation | the best plan/deal/offer/proposal
        | firmly behind | fully behind | vote/votes for | gave/give/gives the nod
        | nod of approval | signed/sign/signs up to | subscribe/subscribes to | stand/stands by
        | committed to the/this plan/text/accord/deal/agreement
        | recommend/recommends/recommended acceptance/adoption/signing/signature""",
    ),
    Attitude(
        2,
        -1,
        """welcome | welcomes | welcomed | welcoming | hail | hails | hailed | praise | praises
        | praised | applaud | applauds | applauded | pleased | satisfied | favourable
        | favourably | favorable | favorably | good news | right approach | promising
        | balanced
        | good/solid/sound/strong/serious/excellent/viable basis/foundation/framework/ground
        | good/excellent/superb/great/fair/historic plan/proposal/deal/offer/chance/text/document
        | very positive | positive document/signal/response | reflects/reflect ... our
        | takes/take ... our views/interests | commend | commends | commended | in our interest
        | right direction and | reasonable | appreciate | appreciates | breakthrough
        | milestone | sensible | pragmatic | fair | optimistic | win for
        | no difficulty/problem/trouble/objection in/with/to accepting/signing/supporting/agreeing
        | no difficulty/problem/problems/obstacle/obstacles/trouble/issue/quarrel
        | no changes to
        | ready/willing/prepared/able to
        withdraw/lift/release/free/return/recognise/reduce/pay/halt/stop/cease
        | warm | warmly | happy with | glad | delighted | content with | same page
        | best chance | right way | serious proposal/text/offer | within reach""",
    ),
    Attitude(2, -3, "acceptable"),
    Attitude(
        1,
        -2,
        """open to | open for | open mind
        | willing/ready/prepared/willingness/readiness to
        discuss/talk/talks/negotiate/consider/work/look/engage/listen/explore/continue/study/meet
        | ready for talks/dialogue/negotiations/discussion
        | basis for further/discussion/talks/negotiations/work | basis for ... work
        | form/forms/provide/provides/become/becomes the/a basis
        | step in the right direction | step forward | right direction
        | useful elements/ideas/parts | constructive | progress | live with | built upon/on
        | build upon/on | starting point | merit | merits | room for
        | worth considering/discussing/exploring/studying | engage with
        | leaning towards/toward | lean towards/toward | encouraging | encouraged | interesting
        | work with | a basis | cautious optimism | helpful | useful | headway
        | some/more/is/was movement | fruitful | with interest | we/they can use | receptive
        | sympathetic | nearer to
        | ready/willing/prepared to help/meet/host/compromise/let/put/hold/give/move/go
        | halfway | can/could be considered/discussed | feasible | workable | doable
        | realistic | hopeful | interested in | flexible | flexibility | door open
        | door is open | on the table | willing/ready/prepared to compromise | important step
        | good step | moving the right way | closer to/than | cautiously optimistic | narrowed
        | common ground | firm ground""",
    ),
    Attitude(
        -1,
        1,
        """needs/need work | needs/need ... more/further/additional/some work
        | more/further/additional work | concern | concerns | concerned | doubts | doubtful
        | raises/raised/raise ... question/questions | questions remain | sceptical | skeptical
        | scepticism | skepticism | premature | falls/fall/fell short | differences
        | reservations | wary | unclear | leaves/leave ... to be desired | unrealistic
        | misgivings | uneasy | problematic | little in it | vague | worried | worry | worries
        | incomplete | unfinished | hesitant | hesitate | too soon | unsure | unconvinced
        | difficult for/to | long way to go | insufficient | inadequate | regret | regrets
        | regretted | nothing new | prefer/preferred
        | requires/require/needs/need ... changes/revision/amendments/clarification
        | have/has/must/need/needs to be revised/changed/amended/clarified/improved/rewritten
        | must be revised/changed/amended/clarified/improved/rewritten | problem/problems
        | nothing/nobody can be settled/decided/agreed | challenging | disappointed
        | disappointing | dissatisfied | unhappy | gaps | loopholes | ambiguous | ambiguities
        | risky | hasty | rushed | imperfect | lukewarm | cool towards | lacks
        | distance~ itself/himself/herself | no fan of
        | demand/demands/demanded changes/revisions | call/calls/called for changes | painful
        | uncertain | not in sight | far apart | hardly any""",
    ),
    Attitude(None, -1, "perfect | convinced | right time | enough"),
    Attitude(2, -1, "ready/willing/prepared to sign"),
    Attitude(-2, None, "block | blocks | blocked"),
    Attitude(
        None,
        None,
        """must/has/have ... on board | must/has/have ... agree/consent/approve | for ... to agree
        | reject/rejects/rejected ...
        account/claim/claims/allegation/allegations/accusation/accusations/report/reports""",
    ),
    Attitude(
        -2,
        1,
        """accept/accepts/accepting nothing | little/lacks/lack/limited/scant/no support
        | hard/difficult/unlikely/tough ... accept/support/agree/sign/endorse | oppose
        | opposes | opposed | opposing | object | objects | objected | objection | objections
        | is/are/was/were/be/am/voted/spoke/strongly/firmly against | protest~ against
        | against it/this | criticise~ | criticize~ | criticism | critical of | disagree~
        | unfair | bad deal/plan/idea/text/proposal/offer | biased | one-sided | vulnerable
        | wish list | rewards/reward ... aggressor/aggression/attacker | mistake | denounce~
        | disapprove~ | goes/go/went too far | flawed | undermine~ | harmful | dangerous
        | condemn~ | unjust | no agreement/deal/settlement/peace is possible | unworkable
        | wrong for/plan/approach/deal/way/path/remedy/step/text | ill-conceived
        | threatens/threaten our/the | too high a price
        | cross/crosses the/our line/lines | serious/grave/major problems/concerns/objections
        | unhelpful | humiliat~ | alarmed | outraged | shocked | push/pushes/pushed back
        | slammed | lambasted | blasted | ridiculed | cold water on | brushed aside
        | impossible | out of touch | vote/votes against
        | speak/speaks/came/come/comes/stand/stands/turned/turn/spoke out against
        | rallied against | stand/stands against | resist | resists | resisted
        | opposition to | tie/ties our hands | at our expense | victim
        | wrong direction | step back/backwards/backward | dead end | trap | naive | illusion
        | imposed on | half-baked | has/have no place | deplore~ | dismay~
        | strong/serious/grave reservations/doubts | no sense in | stand in the way
        | unfavourabl~ | unfavorabl~ | deal-breaker | dealbreaker | poison pill | thumbs down""",
    ),
    Attitude(
        -3,
        1,
        """reject | rejects | rejected | rejecting | rejection | refuse | refuses | refused
        | rule/rules/ruled/ruling out | exclude | excludes | excluded | unacceptable | dismiss~
        | inadmissible | turn/turns/turned down | turn/turned it down | rebuff~ | spurn~""",
    ),
    Attitude(
        -3,
        None,
        """accept/accepts/recognise/recognises/recognize/recognizes/tolerate/tolerates no
        | capitulation | capitulate | surrender | red line | red lines | non-starter | nonstarter
        | out of the question | no question of | dead on arrival | under no circumstances
        | betray~ | treason | veto | vetoed | vetoes | voted/vote/votes down
        | say/says/said no to | answer is/was/remains no | answer will/would be no
        | not an option | not a chance | blackmail | extortion | disgrace | shameful | farce
        | charade | cease to exist | non-negotiable | ultimatum | will not happen
        | won't happen | in the bin | never happen | over our dead bodies
        | not up for discussion/negotiation | not negotiable | diktat | appeasement
        | wishful thinking | scrap it/this | unthinkable | unimaginable | inconceivable
        | beyond ... imagination | sell-out | sellout | no way | absolutely not | certainly not
        | no-go | absurd | nonsense | delusional""",
    ),
    Attitude(
        None,
        -3,
        """give up | trade away | recognise | recognize | cede | concede | hand over | yield
        | compromise on | withdraw ... from | pull ... out of/from | give ... away | bow to
        | abandon | negotiate away | tolerate
        | be limited/restricted/curtailed/recognised/recognized/ceded | be given up/away
        | be handed over | leave our/its/their""",
    ),
    Attitude(None, -2, "redrawn | changed by force | moved by force"),
    Attitude(
        0,
        0,
        """study | studies | studying | examine | examines | examining | review | reviewing
        | analysing | analyzing | going through | goes through | look/looking into
        | under consideration/review | wait and see | waiting for | awaits | awaiting
        | wait for | not yet seen/received/read | not seen/received/read | no decision
        | not decided | undecided | not yet decided | took/take/takes/taken note | neutral
        | neutrality | abstain | abstained | abstains | respond/reply/answer in due
        | asked/ask/asks for clarification/clarifications | takes/take/took no side/sides
        | consultations ... continuing/continue/under
        | talks/consultations ... resume/continue/resumed | for the parties/sides to decide
        | for ... to decide | question/matter for | up to ... to decide | put off | postpone~
        | adjourn~ | form a view | position known | noncommittal | non-committal
        | gave no answer/indication | will be discussed | being discussed | pending
        | not taken a position/stand/stance | no position/stance/opinion
        | not discuss ... through/publicly/press/media | through the press/media | in public
        | yet to decide/respond/reply/answer/say/take
        | not responded/replied/answered/commented/reacted
        | keep/keeps/kept/remain/remains/remained/stay/stays/stayed silent | in silence
        | is/are considering | weighing | mulling | consulting
        | preparing ... answer/response/reply | views ... in due | view in due""",
    ),
    Attitude(
        0,
        0,
        """declined/declines/decline/refused/refuses to comment/say/discuss/answer/respond
        | not/n't comment | no comment | would/will/could/did not say
        | too early to say/tell/judge | did not respond/reply/answer
        | didn't respond/reply/answer | remains to be seen | neither ... nor
        | reserve/reserves/reserved ... judgement/judgment/position/right
        | withhold/withheld/withholds ... judgement/judgment""",
        withholds=True,
    ),
)
"""All of them; a longer phrase counts in place of a shorter one inside it."""

NEGATORS = words_of(
    """not no never cannot neither nor nothing nobody none hardly refuse refuses refused unable
    unwilling fail fails failed far without"""
)
"""Words that turn round what follows them in their clause; so do all that end in n't."""

CONTRASTS = words_of("but however nevertheless nonetheless yet although though")
"""Words after which, or around which, somebody says the opposite."""

EMBEDDING = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|predict(?:s|ed)?|"
    r"(?<!our\s)(?<!his\s)(?<!her\s)(?<!their\s)(?<!have\s)(?<!expressed\s)"
    r"doubt(?:s|ed)?(?!\s+about)|hopes?|hoped|fears?"
    r"|feared|accuse[sd]?|accusing|den(?:y|ies|ied)|wonder(?:s|ed)?|guess(?:es)?"
    r"|(?:is|are|was|were)\s+(?:said|reported|believed|thought|rumoured)\s+to|reportedly|allegedly"
    r"|reports?\s+that|rumours?\s+that|wrong\s+to\s+say|untrue\s+that|whether|asked\s+if)\b",
    re.IGNORECASE,
)
"""Words after which a sentence tells what others may do, or leaves open what it says."""

OTHERS = re.compile(
    r"\b(?:opposition|opponents?|rivals?|critics?|rebels?|others?|other\s+sides?|enem(?:y|ies)"
    r"|neighbours?|adversar(?:y|ies)|observers?|some)\b",
    re.IGNORECASE,
)
"""Words for people for whom nobody who speaks of them so speaks."""

CONDITIONS = (
    "only if | if and when | if | unless | provided that | provided | providing that | subject to"
    " | as long as | so long as | on condition that | on the condition that | on condition of"
    " | conditional on/upon | contingent on/upon | depends/depend/depending on | only when | once"
    " | in return for | in exchange for | until | without | while | assuming that | except if"
)
"""Phrases with which a condition begins."""


def pattern_of(phrases: str) -> re.Pattern[str]:
    """Return a pattern for phrases as this module writes them; its repetitions are all bounded.

    Examples
    --------
    >>> found = pattern_of("needs ... work | reject~").search("It needs a lot more work.")
    >>> found.group()
    'needs a lot more work'
    """
    listed = [phrase.split() for phrase in phrases.split("|")]
    parts = [_phrase(words) for words in sorted(listed, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _phrase(words: list[str]) -> str:
    written = ""
    for place, word in enumerate(words):
        if word == "...":
            written += r"(?:\s{1,3}[\w'’-]{1,25}){0,4}?"
            continue
        written += (r"\s{1,3}" if place else "") + _word(word)
    return written


def _word(word: str) -> str:
    choices = "|".join(re.escape(each) for each in word.rstrip("~").split("/"))
    return f"(?:{choices})" + (r"\w{0,6}" if word.endswith("~") else "")
