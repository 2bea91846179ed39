"""Everything that is not markup of ours is escaped, wherever it stands."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from roi.charts.markup import Html, join, tag, text


class _Seen(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.data, self.attributes = [], "", {}

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes.update(attrs)

    def handle_data(self, data):
        self.data += data


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_no_text_can_become_markup(given_text):
    seen = _Seen()
    seen.feed(tag("p", given_text, title=given_text))
    seen.close()
    assert seen.tags == ["p"]
    assert seen.data == given_text
    assert seen.attributes == {"title": given_text}


def test_names_of_attributes_and_void_elements():
    assert tag("a", "x", class_="k", data_go="t?a=1&b=2") == '<a class="k" data-go="t?a=1&amp;b=2">x</a>'
    assert tag("br") == "<br/>"
    assert tag("td", None, title=None) == "<td></td>"


def test_markup_is_not_escaped_twice():
    assert join(tag("b", "&"), " & ") == "<b>&amp;</b> &amp; "
    assert isinstance(text("<"), Html)
