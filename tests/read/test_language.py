"""The language of a text."""

from __future__ import annotations

import pytest

from sitrep.read.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "The delegates met in the capital on Monday and agreed to exchange prisoners, officials said.",
            "en",
        ),
        (
            "Bukhari, Mutassim, Zubayr al-Hamdani and Khattab Qaddur met in Tal Rifaat and al-Bab on Monday.",
            "en",
        ),
        (
            "Le président a déclaré que les troupes avaient quitté la ville et que la route était ouverte.",
            "fr",
        ),
        (
            "Der Minister sagte am Montag, die Truppen hätten die Stadt verlassen und die Straße sei wieder frei.",
            "de",
        ),
        (
            "El ministro dijo el lunes que las tropas habían salido de la ciudad y que la carretera estaba abierta.",
            "es",
        ),
        ("قال الوزير يوم الاثنين إن القوات غادرت المدينة وإن الطريق مفتوح أمام المدنيين", "ar"),
        ("Former Ugandan judges of Mbarara met former Kenyan envoys in Nakuru and Eldoret on Monday.", "en"),
        ("Die Polizei hat in Berlin am Montag vier Manner festgenommen, die in einem Wagen waren.", "de"),
        ("La polizia ha arrestato quattro uomini in una casa di Roma, in via Appia.", "it"),
        ("Rebels took Alba on Monday.", "en"),
        ("", None),
        ("12 345", None),
    ],
)
def test_language_is_told(text: str, language: str | None):
    assert language_of(text) == language
