"""Who a source is: pronouns, last names, roles, unnamed people, and the people of a case."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from detente.case.case import Case
from detente.case.examples import example_folder
from detente.case.load import load
from detente.reading.attributions.attribution import Attribution
from detente.reading.speakers.demonyms import COUNTRIES
from detente.reading.speakers.known import Known
from detente.reading.speakers.resolve import Speaker, resolve


@pytest.fixture(scope="module")
def case() -> Case:
    return load(example_folder("ukraine-2025"))


def speakers(text: str, *, known: Known | None = None) -> list[Speaker]:
    """The speakers of a text in which every source stands in square brackets."""
    plain, given, start = "", [], None
    for letter in text:
        if letter == "[":
            start = len(plain)
        elif letter == "]":
            assert start is not None
            given.append(Attribution(((start, len(plain)),), (), ((0, 1),)))
        else:
            plain += letter
    return resolve(plain, given, known)


def names(text: str) -> list[str | None]:
    return [each.name for each in speakers(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[Ana Belu] said no. [She] left. [Belu], asked again, said yes.", ["Ana Belu"] * 3),
        (
            "[Ana Belu] said no. [Karl Oru] said yes. [He] left.",
            ["Ana Belu", "Karl Oru", "Karl Oru"],
        ),
        ("Talks with Ana Belu. [Belu] said no.", ["Ana Belu"]),
        ("[Ana Belu] left. Premier Tom Orr was calm. [He] spoke.", ["Ana Belu", "Tom Orr"]),
        ("[Ana Belu] met Tom Orr. [She] spoke.", ["Ana Belu"] * 2),
        ("Tom Orr was calm. [Ana Belu] left. [She] spoke.", ["Ana Belu"] * 2),
        ("[Oru spokesman Tom Orr] said no.", ["Tom Orr"]),
        ("[Secretary of State Tom Orr] said no.", ["Tom Orr"]),
        ("[Minister for Foreign Affairs Tom Orr] said no.", ["Tom Orr"]),
        ("[Tom Orr of Lower Oru] said no.", ["Tom Orr"]),
        ("[Orunian leaders in the north] said no.", ["Orunian leaders in the north"]),
        ("Yesterday Belu left. [Ana Belu] said no. Later [Belu] spoke.", ["Ana Belu"] * 2),
        ("Talks with Karl Oru\nAna Belu came. [Oru] said no.", ["Karl Oru"]),
        ("[Foreign Minister Ana Belu] said no. [The minister] left.", ["Ana Belu"] * 2),
        ("“[I] agree”, it said.", [None]),
        ("[They] said no.", [None]),
        ("[It] said no.", [None]),
        ("[Two ministers] said no. [They] left.", ["Two ministers"] * 2),
        ("[Oru’s envoy] said no.", ["Oru’s envoy"]),
        ("[Oru’s envoy Ana Belu] said no.", ["Ana Belu"]),
        ("[Orunian Foreign Minister Ana Belu] said no.", ["Ana Belu"]),
        ("[his Orunian counterpart, Ana Belu,] said no.", ["Ana Belu"]),
        ("[U.S. Secretary of State Tom Orr] said no.", ["Tom Orr"]),
        ("[the mayor of Oru, Ana Belu,] said no.", ["Ana Belu"]),
        ("[Belu, asked by the Oru Times,] said no.", ["Belu"]),
        ("[a lawyer for Ana Belu] said no.", ["a lawyer for Ana Belu"]),
        ("[Secretary of State Tom Orr] said no. [Orr] left.", ["Tom Orr"] * 2),
        ("[Two ministers, who left,] said no.", ["Two ministers, who left"]),
        ("[the Orunian king] said no.", ["the Orunian king"]),
        ("[Two diplomats] left. [One of them] said no.", ["Two diplomats", "One of two diplomats"]),
    ],
)
def test_within_a_document(text: str, wanted: list[str | None]) -> None:
    assert names(text) == wanted


def test_a_title_that_two_people_bear_stays_open() -> None:
    text = "[President Ana Belu] said no. [President Karl Oru] said yes. [The president] left."
    assert names(text)[2] == "The president"


def test_a_last_name_that_two_people_of_a_document_bear_stays_a_last_name() -> None:
    assert names("We met John Smith. In came Adam Smith. So [Smith] said no.") == ["Smith"]


def test_a_state_is_no_he() -> None:
    known = Known(load(example_folder("ukraine-2025")))
    found = speakers("[Sergei Lavrov] said no. [Russia] agreed. [He] left.", known=known)
    assert [(each.person, each.actor) for each in found] == [
        ("lavrov", "russia"),
        (None, "russia"),
        ("lavrov", "russia"),
    ]


@pytest.mark.parametrize("pronoun", ["who", "whose aide"])
def test_a_relative_pronoun_is_who_stands_before_it(pronoun: str, case: Case) -> None:
    text = f"We saw Ana Belu, [{pronoun}] said no."
    assert names(text)[0] in ("Ana Belu", "whose aide")
    (found,) = speakers("Kallas, [who] visited Kyiv, said no.", known=Known(case))
    assert found.person == "kallas"


def test_a_pronoun_does_not_look_into_another_paragraph() -> None:
    assert names("We saw Ana Belu.\nThere came a man, [who] said no.") == [None]


def test_an_unnamed_source_is_followed_through_its_document() -> None:
    first, second, third = speakers(
        "[A senior official familiar with the talks] said no. [The official] added little. "
        "[He] left."
    )
    assert first == second == third
    assert first.unnamed
    assert first.name == "A senior official familiar with the talks"


def test_an_unnamed_source_is_never_that_of_another_document() -> None:
    assert speakers("[An official] said no.")[0].name == "An official"
    (found,) = speakers("[The official] said no.")
    assert (found.name, found.unnamed) == ("The official", True)


@pytest.mark.parametrize(
    "words",
    ["White House officials", "A senior US official", "A person familiar with the talks",
     "A senior U.S. administration official, who was not named", "an adviser to Vladimir Putin",
     "Eight people familiar with the talks", "A European official"],
)  # fmt: skip
def test_whom_a_report_does_not_name_is_nobody_of_the_case(words: str, case: Case) -> None:
    (found,) = speakers(f"[{words}] said no.", known=Known(case))
    assert (found.person, found.actor, found.unnamed) == (None, None, True)


@pytest.mark.parametrize(
    ("name", "person", "actor"),
    [
        ("President Volodymyr Zelensky", "zelensky", "ukraine"),
        ("Zelensky", "zelensky", "ukraine"),
        ("Russia's Putin", "putin", "russia"),
        ("Ursula von der Leyen", "von-der-leyen", "european-union"),
        ("von der Leyen", "von-der-leyen", "european-union"),
        ("Belgian Prime Minister Bart De Wever", "de-wever", "belgium"),
        ("Viktor Orban", "orban", "hungary"),
        ("President Zelenskyy", "zelensky", "ukraine"),
        ("Sergey Lavrov", "lavrov", "russia"),
        ("Anton Zelensky", None, None),
        ("Secretary General António Guterres", "guterres", "united-nations"),
        ("Putin's aide", None, None),
        ("Volodymyr Zelensky’s spokesman", None, None),
        ("Trump’s envoy Steve Witkoff", "witkoff", "united-states"),
        ("Senator King", "king", "us-senate"),
        ("the King", None, None),
        ("Arakhamia", "arakhamia", None),
        ("Russia", None, "russia"),
        ("the European Union", None, "european-union"),
        ("NATO", None, "nato"),
        ("the Verkhovna Rada", None, "verkhovna-rada"),
        ("the Kremlin", None, "russia"),
        ("Kyiv", None, "ukraine"),
        ("Washington", None, "united-states"),
        ("The White House", None, "united-states"),
        ("the U.S.", None, "united-states"),
        ("Britain", None, "united-kingdom"),
        ("Kremlin officials", None, None),
        ("a White House aide", None, None),
        ("Moscow’s ambassador", None, None),
        ("Brussels", None, None),
        ("officials close to the talks", None, None),
        ("", None, None),
    ],
)
def test_people_and_actors_of_a_case(
    name: str, person: str | None, actor: str | None, case: Case
) -> None:
    assert Known(case).find(name) == (person, actor)


def test_an_alias_counts_and_a_last_name_of_two_does_not(case: Case) -> None:
    peskov = case.person_of["peskov"].model_copy(update={"aliases": ("the Kremlin spokesman",)})
    other = case.person_of["putin"].model_copy(update={"id": "putin-2", "name": "Ivan Putin"})
    people = (*(each for each in case.people if each.id != "peskov"), peskov, other)
    known = Known(dataclasses.replace(case, people=people))
    assert known.find("the Kremlin spokesman") == ("peskov", "russia")
    assert known.find("Putin") == (None, None)
    assert known.find("Vladimir Putin") == ("putin", "russia")
    (found,) = speakers("[The Kremlin spokesman] said no.", known=known)
    assert found.person == "peskov"


def test_a_capital_speaks_for_its_state_and_is_no_he(case: Case) -> None:
    found = speakers("[Moscow] said no. [He] left. [Kyiv] said yes.", known=Known(case))
    assert [(each.person, each.actor) for each in found] == [
        (None, "russia"),
        (None, None),
        (None, "ukraine"),
    ]


@pytest.mark.parametrize(
    ("words", "actor"),
    [
        ("The Kremlin", "russia"),
        ("The government in Kyiv", "ukraine"),
        ("The president of France", "france"),
        ("The mayor of Kyiv", None),
        ("A cab driver in Washington", None),
        ("The Moscow Times", None),
        ("The archbishop of Paris", None),
        ("Analysts in London", None),
    ],
)
def test_who_is_only_near_an_actor_does_not_speak_for_it(
    words: str, actor: str | None, case: Case
) -> None:
    (found,) = speakers(f"[{words}] said no.", known=Known(case))
    assert (found.person, found.actor) == (None, actor)


@pytest.mark.parametrize(
    ("words", "name", "actor"),
    [
        ("French Foreign Minister Ana Belu", "Ana Belu", "france"),
        ("Ana Belu, the French foreign minister,", "Ana Belu", "france"),
        ("France’s president", "France’s president", "france"),
        ("Moscow’s ambassador to London", "Moscow’s ambassador to London", "russia"),
        ("A spokesman for the United States", "A spokesman for the United States", "united-states"),
        ("U.S. Secretary of State Ana Belu", "Ana Belu", "united-states"),
        ("former French President Ana Belu", "Ana Belu", None),
        ("French farmer Ana Belu", "Ana Belu", None),
        ("the French opposition", "the French opposition", None),
        ("a French minister", "a French minister", None),
        ("a lawyer for Vladimir Putin", "a lawyer for Vladimir Putin", None),
        ("the Russian and Ukrainian presidents", "the Russian and Ukrainian presidents", None),
    ],
)
def test_an_office_speaks_for_its_actor(
    words: str, name: str, actor: str | None, case: Case
) -> None:
    (found,) = speakers(f"[{words}] said no.", known=Known(case))
    assert (found.name, found.person, found.actor, found.unnamed) == (name, None, actor, False)
    assert found.new is (name == "Ana Belu")


def test_an_office_is_remembered_and_found_where_the_text_tells_it(case: Case) -> None:
    found = speakers(
        "[French Foreign Minister Ana Belu] said no. [Belu] left. They met German Chancellor Karl "
        "Oru. [Oru] said no. [Ana Belu] stayed.",
        known=Known(case),
    )
    assert [(each.name, each.actor, each.new) for each in found] == [
        ("Ana Belu", "france", True), ("Ana Belu", "france", True),
        ("Karl Oru", "germany", True), ("Ana Belu", "france", True),
    ]  # fmt: skip


def test_countries_of_a_case_are_told_by_what_belongs_to_them(case: Case) -> None:
    known = Known(case)
    told = {word: known.by_office(f"the {word} president") for word in COUNTRIES}
    assert {"ukrainian", "russian", "us", "french", "turkish"} <= {
        word for word, actor in told.items() if actor
    }
    assert {(word, told[word]) for word in ("russian", "us", "british")} == {
        ("russian", "russia"), ("us", "united-states"), ("british", "united-kingdom"),
    }  # fmt: skip


def test_an_alias_of_two_actors_is_neither(case: Case) -> None:
    belgium = case.actor_of["belgium"].model_copy(update={"aliases": ("Brussels",)})
    nato = case.actor_of["nato"].model_copy(update={"aliases": ("Brussels",)})
    assert Known(dataclasses.replace(case, actors=(belgium,))).find("Brussels")[1] == "belgium"
    assert Known(dataclasses.replace(case, actors=(belgium, nato))).find("Brussels")[1] is None


@pytest.mark.parametrize(
    "name",
    ["Nguyễn Văn Minh", "Jean-Noël Barrot", "Péter Szijjártó", "Şükrü Öz", "Radosław Sikorski",
     "Abdullah bin Zayed", "Ludwig van Beek", "María de la Cruz", "Seán O'Brien", "J. D. Vance",
     "Željko Šarić", "Łukasz Żak", "Muhammad al Farsi", "Ólafur Ragnarsson"],
)  # fmt: skip
def test_names_of_many_languages_are_kept_whole(name: str) -> None:
    last = name.rsplit(maxsplit=1)[-1]
    found = names(f"[Minister {name}] said no. It was late. [{last}] added little.")
    assert found == [name, name]


def test_people_are_known_by_their_whole_description(tmp_path: Path) -> None:
    from detente.case.starter import make_case

    make_case(tmp_path / "valley")
    known = Known(load(tmp_path / "valley"))
    found = speakers(
        "[The mayor of Upper Town] said no. [She] left. [The mayor] stayed.", known=known
    )
    assert [each.person for each in found] == ["mayor-upper", "mayor-upper", None]
    assert found[0].actor == "upper-town"
