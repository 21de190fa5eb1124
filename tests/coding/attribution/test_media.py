"""What a statement travelled by."""

from __future__ import annotations

import pytest

from sitrep.coding.attribution.media import default_media, read_media


def test_the_lexicon_that_comes_with_sitrep_reads() -> None:
    assert default_media().entries


@pytest.mark.parametrize("line", ["twitter channel Twitter", "twitter\tchanel\tTwitter", "twitter"])
def test_a_bad_line_is_rejected_by_its_number(line: str) -> None:
    with pytest.raises(ValueError, match=r"media.tsv, line 1: found .* write the words"):
        read_media(line, "media.tsv")
