from django.http import QueryDict

from openintegriteit.ui.tables import Column, Header, headers

COLUMNS = (Column("Maatregel", "maatregel"), Column("Budget", "budget", numeric=True), Column("Knoppen", quiet=True))


def test_a_head_sorts_on_its_column_and_keeps_the_filters():
    heads = headers(COLUMNS, QueryDict("stand=te+laat&pagina=3"), "budget")

    assert heads[0] == Header("Maatregel", "?stand=te+laat&sorteer=maatregel", "", numeric=False, quiet=False)


def test_the_head_of_the_sorted_column_says_so_and_turns_the_order():
    ascending = headers(COLUMNS, QueryDict(""), "budget")[1]
    descending = headers(COLUMNS, QueryDict("sorteer=-budget"), "-budget")[1]

    assert (ascending.direction, ascending.url) == ("ascending", "?sorteer=-budget")
    assert (descending.direction, descending.url) == ("descending", "?sorteer=budget")


def test_a_column_without_a_key_cannot_be_sorted_on():
    head = headers(COLUMNS, QueryDict(""), "")[2]

    assert head == Header("Knoppen", "", "", numeric=False, quiet=True)
