"""Is a text in English? By its small words, beside those of the languages it may be instead."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from types import MappingProxyType

from detente.reading.lists import words_of

__all__ = ["is_english"]

_WORD = re.compile(r"[^\W\d_]+")
_LOOKED_AT = 2_000
_FEWEST, _LONG = 3, 60
_LEAST = 0.04
_NO_LATIN = 0x250

_ENGLISH = words_of(
    """a about after against all also am an and any are as at be because been before between both
    but by can could did do does each for from had has have he her him his how i if in into is
    it its may me more must no nor not of off on only or other our out over s said says shall
    she should since so than that the their them then there these they this those through to
    under until up was we were what when which while who will with within without would you
    your"""
)
_OTHERS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "Afrikaans": words_of(
            """aan al as by daar dat dit ek en gaan geen gesê haar het hom hulle hy in is kan maar
            met na nie nog nou om ons oor op sal se sy te tot uit van vir voor was wat word"""
        ),
        "Czech": words_of(
            """a aby ale ani bez bude by byl byla do i jak jako je jeho jejich jen jsou k kde ke
            která který mezi na nebo nejsou není o od po pod podle pro při s se si tak to už v
            ve z za ze že"""
        ),
        "Danish and Norwegian": words_of(
            """af alle at av begge blev blir de der det eller en er et etter for fra før han har
            have hun i ikke ikkje ingen jeg kan med mellem mellom må nu nå når og også om over
            på sa sagde seg sig skal som til ud uden under uten var ved vi vil ville være"""
        ),
        "Dutch": words_of(
            """aan al alle als bij dan dat de der deze dit een en er geen had heeft het hij hun in
            is kan maar met na naar niet nog of om onder onze ook op over te tegen tot tussen
            uit van voor was wat we werd worden wordt zal ze zei zeiden zich zij zijn zonder
            zullen"""
        ),
        "Finnish": words_of(
            """ei eivät ennen että he hän ilman ja joka jos jälkeen kaikki kuin kun mukaan mutta
            myös on ovat se sekä sen tai vain"""
        ),
        "French": words_of(
            """a au aucun aucune aux avant avec ce ces cette chaque contre d dans de depuis des
            dit doit dont du elle en entre est et il ils jusqu l la le les leur leurs lui mais
            n ne nous on ont ou par pas pendant qu que qui sans sera seront ses sont sous sur
            tous tout toute toutes un une vers vous y être"""
        ),
        "German": words_of(
            """alle allen aller als am an auch auf aus bei beide beiden beim bis das dass dem der
            des dies diese dieser durch ein eine einem einen einer eines einmal er erst es für
            gegen hat ihr ihre im in ist ja jede jeder kann kein keine keinen mehr mit muss
            müssen nach nicht noch nur ob oder ohne sagte sagten sein seine seit sich sie sind
            so sofort soll sollen sowie um und unter vom von vor was weder wenn werden wie will
            wir wird wurde zu zum zur zwischen über"""
        ),
        "Hungarian": words_of(
            """a aki az azt csak de egy el ez hogy is ki le meg mint már még nem nincs sem szerint
            után vagy van volt és"""
        ),
        "Indonesian and Malay": words_of(
            """ada adalah akan atau bagi bahwa dalam dan dari dengan di harus ini itu juga karena
            kata ke kepada oleh pada sebagai telah tidak untuk yang"""
        ),
        "Italian": words_of(
            """a agli ai al alla alle anche che chi ci con da dai dal dalla de degli dei del della
            delle detto di e ed entro fino fra gli ha hanno i il in l la le lo loro ma nei nel
            nella nessun nessuna non o ogni più prima se senza si sono su sul sulla suo tra
            tutte tutti un una è"""
        ),
        "Polish": words_of(
            """a albo ale bez by był była będzie będą co dla do i ich jak jako jego jej jest już
            lub między na nad nie o od on po pod przed przez przy się są tak to tylko w we
            wszyscy wszystkich z za ze że"""
        ),
        "Portuguese": words_of(
            """a ao aos as até com como da das de disse do dos e em entre foi mais mas na nas nem
            nenhum nenhuma no não o os ou para pela pelas pelo pelos por que quem se sem ser
            será serão seu sob sobre são também todas todos um uma é"""
        ),
        "Romanian": words_of(
            """a al ale au care ce cu că de din după este fi fără la lui mai nici nu o pe pentru
            prin sau se spus sunt să toate un va vor în între și"""
        ),
        "Spanish": words_of(
            """a al ambas ambos ante antes cada como con contra cuando de del desde dijo durante e
            el ella en entre era es esta este esto fue ha han hasta la las le les lo los muy
            más ni ninguna ningún no o para pero por que quien se según ser será serán si sobre
            su sus también tan toda todas todo todos tras un una unos vamos y ya"""
        ),
        "Swahili": words_of(
            """ambayo au baada bila kabla katika kila kuwa kwa la lakini ma na ni pia si wa wote
            ya yote za"""
        ),
        "Swedish": words_of(
            """alla att av bara båda de deras det där efter eller en ett från för före genom han
            har hon i inga ingen inte kan med mellan mot måste när och också om på sade ska
            skall som till under upp ut utan var vi vid vill är"""
        ),
        "Turkish": words_of(
            """ama bir bu da daha de dedi değil en gibi her hiçbir ile ise için kadar ki mi ne o
            olan olarak sonra tüm ve veya ya önce"""
        ),
    }
)
"""Small words of other languages. What is a small word in English too stands here as well, and so
tells nothing; what is another word of English, as *war* and *die*, is left out."""


def is_english(text: str) -> bool:
    """Return whether a text is in English; two words, and what cannot be told, are taken to be.

    English it is unless more words are small ones of one other language, or written with letters
    that English lacks, than are small ones of English. Of a text of sixty words or more, at least
    one in twenty-five must be such: its language may be none of those that are known here.

    Examples
    --------
    >>> is_english("Ceasefire. Prisoner exchange, all for all. Army cap 600,000.")
    True
    >>> is_english("Waffenruhe. Gefangene, alle gegen alle. Armee nicht mehr als 600.000 Mann.")
    False
    >>> is_english("Прекращение огня.")
    False
    >>> is_english("Status quo")
    True
    """
    found = [each.group() for each in itertools.islice(_WORD.finditer(text), _LOOKED_AT)]
    words = [word.lower() for word in found]
    if 2 * sum(not _is_latin(word) for word in words) > len(words):
        return False
    if len(words) < _FEWEST:
        return True
    english = sum(word in _ENGLISH for word in words)
    if len(words) >= _LONG and english < _LEAST * len(words):
        return False
    other = max(sum(word in small for word in words) for small in _OTHERS.values())
    return english >= other + sum(map(_has_accent, found))


def _is_latin(word: str) -> bool:
    return ord(max(word)) < _NO_LATIN


def _has_accent(word: str) -> bool:
    """Whether a word, but no name with a capital, has Latin letters that English lacks."""
    return word[0].islower() and not word.isascii() and _is_latin(word)
