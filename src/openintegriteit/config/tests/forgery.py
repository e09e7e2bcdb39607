"""Backups as somebody makes them who means harm and knows how a backup is built: every seal fits."""

import gzip
import hashlib
import json


def change_manifest(folder, change):
    """Change the manifest and put its seal on again; `change` gets it as a dictionary."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    change(manifest)
    content = json.dumps(manifest).encode()
    (folder / "manifest.json").write_bytes(content)
    (folder / "manifest.sha256").write_text(f"{hashlib.sha256(content).hexdigest()}  manifest.json\n")


def seal_file(folder, path):
    """Have the manifest say about a file what it is now."""
    content = (folder / path).read_bytes()
    seal = {"path": path, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def change(manifest):
        manifest["parts"] = [part for part in manifest["parts"] if part["path"] != path] + [seal]

    change_manifest(folder, change)


def change_rows(folder, model, change):
    """Change the rows of a table; `change` gets the rows and the columns and gives the rows to store."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    table = next(table for table in manifest["tables"] if table["model"] == model)
    with gzip.open(folder / table["path"]) as lines:
        rows = [json.loads(line) for line in lines]
    changed = change(rows, table["columns"])
    (folder / table["path"]).write_bytes(gzip.compress(b"".join(json.dumps(row).encode() + b"\n" for row in changed)))

    def count(manifest):
        for each in manifest["tables"]:
            if each["model"] == model:
                each["rows"] = len(changed)

    change_manifest(folder, count)
    seal_file(folder, table["path"])
