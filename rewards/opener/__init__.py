"""What runs in the process `manage.py opener` alone, as the database role `opener` (ADR 0040).

    keys         custodians' private halves, under passphrases; one-time codes
    ceremonies   halves given for one purpose, in this process's memory only, until both are there
    records      reading the vault
    commands     what may be asked over the socket: `commands["name"] = callable(values, house) -> dict`
    service      the socket

A room half that needs payees registers a command of its own, gathers halves with `ceremonies` under a key of its own
(such as "bank_file:7") for many reporters at once, and opens them with `records.open_all`.
"""
