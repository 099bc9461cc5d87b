"""Which country is meant by *French* or *Iranian*?"""

from __future__ import annotations

__all__ = ["COUNTRIES"]

_TABLE = """
    afghan: afghanistan; albanian: albania; algerian: algeria; american: united states/usa/us;
    andorran: andorra; angolan: angola; argentine: argentina; argentinian: argentina; armenian:
    armenia; australian: australia; austrian: austria; azerbaijani: azerbaijan; azeri: azerbaijan;
    bahraini: bahrain; bangladeshi: bangladesh; belarusian: belarus; belgian: belgium; belizean:
    belize; beninese: benin; bhutanese: bhutan; bolivian: bolivia; bosnian: bosnia and
    herzegovina/bosnia; brazilian: brazil; british: united kingdom/britain/uk; bruneian: brunei;
    bulgarian: bulgaria; burmese: myanmar/burma; burundian: burundi; cambodian: cambodia;
    cameroonian: cameroon; canadian: canada; chadian: chad; chilean: chile; chinese: china/people s
    republic of china; colombian: colombia; congolese: democratic republic of the congo/dr
    congo/congo; croatian: croatia; cuban: cuba; cypriot: cyprus; czech: czechia/czech republic;
    danish: denmark; djiboutian: djibouti; dutch: netherlands; ecuadorian: ecuador; egyptian: egypt;
    emirati: united arab emirates/uae; eritrean: eritrea; estonian: estonia; ethiopian: ethiopia;
    fijian: fiji; filipino: philippines; finnish: finland; french: france; gabonese: gabon; gambian:
    gambia/the gambia; georgian: georgia; german: germany; ghanaian: ghana; greek: greece;
    guatemalan: guatemala; guinean: guinea; guyanese: guyana; haitian: haiti; honduran: honduras;
    hungarian: hungary; icelandic: iceland; indian: india; indonesian: indonesia; iranian:
    iran/islamic republic of iran; iraqi: iraq; irish: ireland; israeli: israel; italian: italy;
    ivorian: ivory coast/cote d ivoire; jamaican: jamaica; japanese: japan; jordanian: jordan;
    kazakh: kazakhstan; kazakhstani: kazakhstan; kenyan: kenya; kosovar: kosovo; kuwaiti: kuwait;
    kyrgyz: kyrgyzstan; lao: laos; laotian: laos; latvian: latvia; lebanese: lebanon; liberian:
    liberia; libyan: libya; lithuanian: lithuania; luxembourgish: luxembourg; macedonian: north
    macedonia; malagasy: madagascar; malawian: malawi; malaysian: malaysia; maldivian: maldives;
    malian: mali; maltese: malta; mauritanian: mauritania; mauritian: mauritius; mexican: mexico;
    moldovan: moldova; mongolian: mongolia; montenegrin: montenegro; moroccan: morocco; mozambican:
    mozambique; namibian: namibia; nepalese: nepal; nepali: nepal; nicaraguan: nicaragua; nigerian:
    nigeria; nigerien: niger; north korean: north korea/democratic people s republic of korea;
    norwegian: norway; omani: oman; pakistani: pakistan; palestinian: palestine/state of
    palestine/palestinian authority; panamanian: panama; paraguayan: paraguay; peruvian: peru;
    polish: poland; portuguese: portugal; qatari: qatar; romanian: romania; russian: russia/russian
    federation; rwandan: rwanda; salvadoran: el salvador; saudi: saudi arabia; senegalese: senegal;
    serbian: serbia; singaporean: singapore; slovak: slovakia; slovene: slovenia; slovenian:
    slovenia; somali: somalia; south african: south africa; south korean: south korea/republic of
    korea; south sudanese: south sudan; soviet: soviet union/ussr; spanish: spain; sri lankan: sri
    lanka; sudanese: sudan; surinamese: suriname; swedish: sweden; swiss: switzerland; syrian:
    syria; taiwanese: taiwan; tajik: tajikistan; tanzanian: tanzania; thai: thailand; timorese:
    timor leste; togolese: togo; tunisian: tunisia; turkish: turkey/turkiye; turkmen: turkmenistan;
    u k: united kingdom/britain; u s: united states/usa/us; ugandan: uganda; uk: united
    kingdom/britain; ukrainian: ukraine; uruguayan: uruguay; us: united states/usa; uzbek:
    uzbekistan; venezuelan: venezuela; vietnamese: vietnam/viet nam; yemeni: yemen; yugoslav:
    yugoslavia/federal republic of yugoslavia; zambian: zambia; zimbabwean: zimbabwe
    """

COUNTRIES = {
    adjective: tuple(names.split("/"))
    for adjective, _, names in (
        entry.partition(": ") for entry in " ".join(_TABLE.split()).split("; ")
    )
}
"""By the word for what belongs to a country, the names of that country; all without capitals."""
