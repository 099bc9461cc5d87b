"""Words that say that somebody says, thinks or wants something, by what stands with them.

Lemmas of English. What each takes decides where the content is looked for: a clause or a quotation,
an infinitive, an object, or what a preposition brings.
"""

from __future__ import annotations

from detente.reading.lists import words_of

__all__ = [
    "ADJECTIVES",
    "CLAUSE",
    "INFINITIVE",
    "NAMING",
    "NOUNS",
    "OBJECT",
    "ONLY_QUOTED",
    "PARTICLES",
    "PREPOSITIONS",
    "SAYING",
    "WEAK_INFINITIVE",
]

CLAUSE = words_of(
    """
    accept acknowledge add admit advise affirm agree allege allow announce answer anticipate argue
    ask assert assume assure attest aver avow bark begin believe bellow bemoan bet blog blurt boast
    brag calculate cable caution charge chide chime chuckle claim clarify comment complain concede
    conclude concur confess confide confirm conjecture consider contend continue convince counter
    cry decide declare decree deduce demand deny describe determine disagree disclose discover
    dispute doubt elaborate emphasise emphasize estimate exclaim exhort expect explain express
    exult fantasise fear feel figure find fire forecast foresee forget fret fume gather groan
    growl grumble guarantee guess gush hear hint hope imagine imply indicate infer inform
    inquire insinuate insist instruct interject intone joke judge jot know lament laugh learn
    maintain marvel mention moan mumble murmur muse mutter note notice notify object
    observe opine order phrase plead pledge point posit post postulate predict presume pretend
    proclaim profess promise pronounce prophesy propose protest quip quote rage
    realise realize reason reassure recall reckon recognise recognize recommend recount reflect
    regret reiterate rejoin relate remark remember remind repeat reply report resolve respond
    restate retort reveal riff roar rule say scoff scream see sense shout show shrug sigh signal
    signify snap snarl sneer sob specify speculate stammer state stipulate stress submit suggest
    surmise suspect swear sympathise tease tell tempt testify text theorise theorize think thunder
    tout tweet underline underscore understand urge venture voice volunteer vow wager wail warn
    wish whine whisper wonder worry write yell
    """
)
"""Verbs with a clause or a quotation."""

SAYING = words_of(
    """
    add announce answer argue ask assert claim comment conclude continue cry declare exclaim
    explain insist joke note observe quip recall remark repeat reply report respond retort say
    shout tell tweet warn write
    """
)
"""Verbs beside which the words said may stand without any link in the parse."""

ONLY_QUOTED = words_of("add answer ask begin continue conclude cry shout")
"""Those of them that say something only with quotation marks or a clause."""

NAMING = words_of(
    """
    brand call characterise characterize consider deem denounce describe dismiss dub label name
    paint portray praise regard view
    """
)
"""Verbs that say what somebody takes something for."""

INFINITIVE = words_of(
    """
    agree aim ask aspire beg call choose claim dare decide decline demand desire encourage expect
    forbid hesitate hope instruct intend invite long offer oblige order permit plan plead pledge
    prefer prepare pressure promise propose refuse request require resolve seek swear tell
    threaten undertake urge volunteer vow want warn wish yearn
    """
)
"""Verbs with a to-infinitive that says what is wanted, promised or asked for."""

WEAK_INFINITIVE = words_of("like love hate need prefer")
"""The same where the verb stands after *would*."""

OBJECT = words_of(
    """
    accept accuse acknowledge admire advocate affirm announce anticipate applaud appreciate
    approve assail attack back bash bemoan blame blast brand call castigate celebrate censure
    champion chastise chide cite claim commend condemn confirm consider contradict criticise
    criticize debunk decry defend demand denounce deny deplore deride describe detail dismiss
    disavow discount discuss disparage dispute doubt downplay emphasise emphasize endorse
    envisage envision estimate excoriate expect explain express favor favour fear foresee hail
    imply insult invoke lambast lambaste lament laud lampoon like love mention mock note oppose
    outline pan predict prefer praise propose question quote rebuff rebuke rebut recall recommend
    refute regard regret reiterate reject remember repeat repudiate request resent ridicule
    salute savage scorn slam slight stress suggest support suspect tout trash trumpet underline
    underscore urge vilify voice want warn welcome wish
    """
)
"""Verbs whose object is the content."""

PARTICLES = {
    "brush": words_of("aside off"),
    "call": words_of("out"),
    "lay": words_of("out"),
    "play": words_of("down up"),
    "rule": words_of("out"),
    "shrug": words_of("off"),
    "sketch": words_of("out"),
    "spell": words_of("out"),
    "talk": words_of("down up"),
    "turn": words_of("down"),
    "wave": words_of("aside away off"),
}
"""Verbs with the particles that make an object of theirs a content."""

PREPOSITIONS = {
    "accuse": words_of("of"),
    "agree": words_of("on to with"),
    "allude": words_of("to"),
    "apologise": words_of("for"),
    "apologize": words_of("for"),
    "appeal": words_of("for to"),
    "approve": words_of("of"),
    "argue": words_of("for against"),
    "ask": words_of("for about"),
    "assure": words_of("of"),
    "balk": words_of("at"),
    "believe": words_of("in"),
    "blame": words_of("for"),
    "boast": words_of("about of"),
    "brag": words_of("about"),
    "call": words_of("for on"),
    "campaign": words_of("for against"),
    "caution": words_of("against"),
    "comment": words_of("on about"),
    "complain": words_of("about of"),
    "concur": words_of("with"),
    "convince": words_of("of"),
    "crow": words_of("about"),
    "demand": words_of("for"),
    "despair": words_of("of"),
    "disagree": words_of("with on"),
    "disapprove": words_of("of"),
    "doubt": words_of("about"),
    "dream": words_of("of"),
    "elaborate": words_of("on"),
    "fret": words_of("about over"),
    "fume": words_of("about at"),
    "gloat": words_of("about"),
    "gripe": words_of("about"),
    "grumble": words_of("about"),
    "hint": words_of("at"),
    "hope": words_of("for"),
    "inquire": words_of("about"),
    "insist": words_of("on upon"),
    "joke": words_of("about"),
    "know": words_of("of about"),
    "lash": words_of("at"),
    "lobby": words_of("for against"),
    "long": words_of("for"),
    "object": words_of("to"),
    "opt": words_of("for"),
    "plead": words_of("for"),
    "pledge": words_of("to"),
    "point": words_of("to at"),
    "press": words_of("for"),
    "push": words_of("for"),
    "rail": words_of("against at"),
    "rave": words_of("about"),
    "refer": words_of("to"),
    "rejoice": words_of("over"),
    "remind": words_of("of about"),
    "respond": words_of("to"),
    "side": words_of("with"),
    "speak": words_of("of about against for"),
    "speculate": words_of("about on"),
    "suspect": words_of("of"),
    "swear": words_of("by"),
    "sympathise": words_of("with"),
    "talk": words_of("about of"),
    "tell": words_of("of about"),
    "testify": words_of("to about"),
    "thank": words_of("for"),
    "think": words_of("of about"),
    "threaten": words_of("with"),
    "tweet": words_of("about"),
    "vote": words_of("for against"),
    "vouch": words_of("for"),
    "warn": words_of("of about against"),
    "wonder": words_of("about at"),
    "worry": words_of("about over"),
    "write": words_of("about of"),
}
"""Verbs with the prepositions that bring their content."""

NOUNS = words_of(
    """
    accusation acknowledgement acknowledgment admission advice allegation announcement argument
    assertion assessment assumption assurance belief boast calculation call caution charge claim
    commitment complaint concern conclusion confession confidence confirmation contention
    conviction criticism declaration demand denial determination doubt estimate expectation
    explanation fear feeling finding forecast guess hint hope hunch idea impression insistence
    insinuation intention interpretation judgement judgment message notion objection observation
    offer opinion optimism plan plea pledge prediction promise proposal reminder request
    requirement revelation rumor rumour sense sign speculation statement suggestion suspicion
    testimony theory thought threat understanding view vow warning wish word worry
    """
)
"""Nouns with a clause or an infinitive that says what the thought is."""

ADJECTIVES = words_of(
    """
    adamant afraid alarmed angry annoyed anxious appalled apprehensive ashamed astonished aware
    certain clear cognisant cognizant concerned confident convinced critical curious delighted
    disappointed disgusted dismayed dismissive distrustful doubtful dubious eager embarrassed
    enthusiastic excited fearful fed furious glad grateful happy hopeful horrified impressed
    incensed insistent keen leery livid mindful nervous open opposed optimistic outraged pessimistic
    pleased positive proud puzzled ready relieved reluctant resentful sad satisfied sceptical
    shocked skeptical sorry sure surprised suspicious terrified thankful thrilled unaware uncertain
    unconvinced uneasy unhappy unimpressed unsure unwilling upset wary weary willing worried
    """
)
"""Adjectives that say what somebody feels or thinks about something."""
