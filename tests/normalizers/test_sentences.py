"""Sentences of a text."""

from normalizers.sentences import placed_sentences, sentences


def test_sentences_end_with_paragraphs() -> None:
    assert list(sentences("Un. Deux ; trois\nQuatre art. 5 cinq.")) == [
        "Un.",
        "Deux ; trois",
        "Quatre art. 5 cinq.",
    ]
    assert len(list(sentences("3.1 – Soit 5 €. 3.2 – Le Département, 6 €. 3.3 Puis 7 €."))) == 3


def test_the_points_of_a_list_are_sentences() -> None:
    assert (
        len(list(sentences("a) L'action 2 est reprise. b) L'action 3 l'est.\nc) pas la 4."))) == 3
    )
    assert len(list(sentences("Il verse : a) 50 %, soit 5 € ; b) le solde, soit 5 €."))) == 1


def test_each_sentence_has_its_place() -> None:
    text = "Un  mot. Deux mots."
    assert [(text[at:].split()[0], told) for at, told in placed_sentences(text)] == [
        ("Un", "Un mot."),
        ("Deux", "Deux mots."),
    ]
