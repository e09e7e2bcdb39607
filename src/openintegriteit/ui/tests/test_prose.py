from openintegriteit.ui.templatetags.prose import prose


def test_a_blank_line_starts_a_paragraph() -> None:
    assert prose("een\r\n\r\ntwee\nregels\n\n\n") == (
        '<p class="utrecht-paragraph">een</p><p class="utrecht-paragraph">twee<br>regels</p>'
    )


def test_lines_with_a_dash_are_a_list() -> None:
    assert prose("Dit:\n- een\n  vervolg\n- twee") == (
        '<p class="utrecht-paragraph">Dit:</p><ul class="utrecht-unordered-list">'
        '<li class="utrecht-unordered-list__item">een vervolg</li>'
        '<li class="utrecht-unordered-list__item">twee</li></ul>'
    )


def test_what_looks_like_html_is_shown_as_it_is() -> None:
    assert prose("- <b>{{ x }}</b>") == (
        '<ul class="utrecht-unordered-list"><li class="utrecht-unordered-list__item">'
        "&lt;b&gt;{{ x }}&lt;/b&gt;</li></ul>"
    )


def test_no_text_is_nothing() -> None:
    assert prose("") == prose(" \n\n ") == ""
