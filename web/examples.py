"""The examples of the help: a query, an article that it finds, one that it does not. The tests search for each."""

from __future__ import annotations

from typing import NamedTuple


class Sample(NamedTuple):
    """As much of an article as an example needs."""

    text: str = ""
    title: str = ""
    author: str = ""
    source: str = ""
    date: str = ""


class Example(NamedTuple):
    """What a query finds and what it leaves."""

    found: Sample
    left: Sample


_ROWS: tuple[tuple[str, Sample | str, Sample | str], ...] = (
    ("grève hôpital", "Les grèves gagnent les hôpitaux.", "La grève gagne les écoles."),
    ("ecole", "L’école rouvre ses portes.", "Le collège rouvre ses portes."),
    ("coeur", "Un cœur de pierre.", "Un corps de pierre."),
    ('"état d\'urgence"', "L’état d’urgence est levé.", "L’urgence d’un état des lieux."),
    (
        "« marée noire » bénévoles",
        "Des bénévoles nettoient la marée noire.",
        "À marée basse, des bénévoles et un phare noir.",
    ),
    ("=péché", "Le péché d’orgueil.", "La pêche en mer, les péchés capitaux."),
    ('="la côte"', "La côte est sauvage.", "La cote monte, les côtes s’effritent."),
    ('"=côte d\'azur"', "La Côte d’Azur en hiver.", "Une cote d’azur profond."),
    ("tramway OU métro", "Le métro ferme à minuit.", "Le bus passe à minuit."),
    ("marché -financier", "Le marché aux fleurs.", "Le marché financier."),
    ("marché SAUF financier", "Le marché aux fleurs.", "Le marché financier."),
    ("(inondation OU crue) vallée", "La crue descend la vallée.", "La crue, puis l’inondation des quais."),
    ("inond*", "Des caves inondées.", "Une onde de choc."),
    ("*phobie", "Sa claustrophobie le retient.", "Un phobique le retient."),
    ("gouvern*nt", "Les gouvernements passent, le gouvernant reste.", "Le gouverneur passe."),
    ("ch?val", "Un cheval au pré.", "Un chenal au port, des chevaux au pré."),
    ("boulangre~", "Le boulanger est parti.", "La boulangerie est fermée."),
    (
        "charpentier PRES5 boulanger",
        "Le boulanger salue le vieux charpentier.",
        "Le boulanger ferme tôt le lundi depuis que son voisin charpentier est parti.",
    ),
    ("maire AVANT3 conseil", "Le maire réunit son conseil.", "Le conseil élit le maire."),
    (
        "titre:budget",
        Sample(title="Un budget voté de nuit"),
        Sample("Le budget attendra.", title="Une nuit au conseil"),
    ),
    ("auteur:vasseur", Sample(author="Hélène Vasseur"), Sample("Hélène Vasseur est élue.", author="Luc Morin")),
    ('source:"écho"', Sample(source="L’Écho des Deux-Rives"), Sample(source="La Gazette")),
    ("texte:maire", "Le maire démissionne.", Sample("Elle démissionne.", title="La maire")),
    (
        "inondation 2010..2016",
        Sample("Une inondation.", date="2016-12-31"),
        Sample("Une inondation.", date="2017-01-01"),
    ),
    ("canicule date:2019-07", Sample("Canicule.", date="2019-07-14"), Sample("Canicule.", date="2019-08-14")),
    ("budget 2020..", Sample("Le budget.", date="2021-03-01"), Sample("Le budget.", date="2019-03-01")),
)
"""What to type, the article that is found, the one that is not; where only the text matters, the text."""

EXAMPLES = {
    query: Example(*(Sample(article) if isinstance(article, str) else article for article in articles))
    for query, *articles in _ROWS
}
