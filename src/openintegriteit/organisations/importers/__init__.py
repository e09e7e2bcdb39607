"""People and units from a file of the personnel department: read, compared with what is there, then applied at once.

`columns` says what a file may hold, `reading` finds rows and mistakes in it, `plan` compares them with the records and
`applying` writes a plan in one transaction. `staging` is the way of the screens, `console` that of the command.
"""

from openintegriteit.organisations.importers.console import import_people, people_template, store_people

__all__ = ["import_people", "people_template", "store_people"]
