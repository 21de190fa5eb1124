"""The limits that decide what is a place, and the certainties of what rules find."""

from typing import Final

# Chosen on LGL and GeoVirus, 5-fold: end-to-end F1 is flat from 0.3 to 0.5 and from 0.05 to 0.2.
# Run `python -m training.places --data FOLDER --cross-validate` before changing them.
LEAST_NAME: Final = 0.4
LEAST_AT_HOME: Final = 0.2  # for the name of a city in a country that the report speaks of
LEAST_RANK: Final = 0.1
LEAST_ALONE: Final = 0.25  # for a place whose country the report names nowhere else
LEAST_TOWN: Final = 5000  # people of a town that its name alone may mean
LEAST_CITY: Final = (
    10_000  # of one in a country of the report that nothing but a preposition marks as a place
)
LEAST_CONSONANTS: Final = 3  # of a town's name that is spelt in another way
NEAR_KM: Final = 150.0  # how far such a town may be from another that the report names
# Confidences of what rules find, in the order in which they were seen to be right; they decide nothing.
FEATURE_NAMED: Final = 0.9  # "the X air base" is a place
CALLED: Final = 0.8  # "the city of X" is a place even where the recogniser takes X for a person
SIMILAR: Final = 0.6  # a name that sounds as this one does, in a country of the report
LARGEST: Final = 0.5  # the one town of size that bears the name in a country of the report
AT_DISTANCE: Final = 0.5  # a candidate as far off as the text says
FEATURE_UNPLACED: Final = 0.3  # a place of which only the name is known
