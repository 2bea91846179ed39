"""A picture is made once: what Streamlit does to draw it leaves it as it was."""

import plotly.io
import plotly.tools

from roi.charts.curves import Dot, DotsSpec
from roi.ui import charting


def test_t7_the_picture_of_one_spec_is_made_once_and_drawing_it_changes_nothing():
    dots = tuple(Dot(place, 2 * place, f"dot {place}", "told", is_filled=True) for place in range(3))
    spec, same, other = (
        DotsSpec(f"three dots{more}", dots, (("Name",), *((dot.label,) for dot in dots)), 0, 9)
        for more in ("", "", " again")
    )
    picture = charting._figure(spec)
    before = plotly.io.to_json(picture, validate=False)
    drawn = plotly.tools.return_figure_from_figure_or_data(picture, validate_figure=True)
    drawn["data"][0]["x"] = [1, 2, 3]
    drawn["layout"]["height"] = 1
    assert charting._figure(same) is picture
    assert charting._figure(other) is not picture
    assert plotly.io.to_json(picture, validate=False) == before
