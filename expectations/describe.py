"""What a reader of the data set is told, from the contracts: the dictionary (SCHEMA.md), the Frictionless data package
and the Croissant description. Pure functions; files, sizes and hashes are handed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from expectations.contract import Column, Contract, contracts, dataset
from expectations.schema import arrow_type

_FRICTIONLESS = {"string": "string", "integer": "integer", "number": "number", "boolean": "boolean"}
_CROISSANT = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}
_ITEMS = {"strings": "sc:Text", "numbers": "sc:Float", "bbox": "sc:Float"}
# The terms of Croissant 1.0 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html).
_CONTEXT: Mapping[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileProperty": "cr:fileProperty",
    "fileObject": "cr:fileObject",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


@dataclass(frozen=True, slots=True)
class File:
    """A parquet file of a snapshot: rows, bytes and the hex digest of its content."""

    n_rows: int
    n_bytes: int
    sha256: str


def schema_md() -> str:
    """The data dictionary: every table and column with type, unit, nulls and meaning."""
    about = dataset()
    out = ["# Data dictionary", "", f"Schema version {about['schema_version']}. {about['schema_rule']}", ""]
    for contract in contracts().values():
        out += [f"## {contract.name}", "", contract.description, ""]
        out += [f"Key: {', '.join(f'`{k}`' for k in contract.primary_key)}. Order of rows: "]
        out[-1] += ", ".join(f"`{k}`" for k in contract.sort) + "."
        out += [f"`{k.column}` refers to {_targets(k.targets)}." for k in contract.foreign_keys]
        out += ["", "| column | type | null | unit | meaning |", "|---|---|---|---|---|"]
        for column in contract.columns:
            out += [_line(column, "")] + [_line(f, f"{column.name}.") for f in column.fields]
        out.append("")
    return "\n".join(out)


def _targets(targets: tuple[tuple[str, str], ...]) -> str:
    return " or ".join(f"`{table}.{column}`" for table, column in targets)


def _line(column: Column, prefix: str) -> str:
    values = f" One of {', '.join(f'`{v}`' for v in column.enum)}." if column.enum else ""
    null = "yes" if column.nullable else "never"
    meaning = (column.description + values).replace("|", "\\|")
    return f"| `{prefix}{column.name}` | {column.type} | {null} | {column.unit or ''} | {meaning} |"


def datapackage(files: Mapping[str, File], *, version: str) -> dict[str, Any]:
    """The descriptor of a Frictionless data package (Data Package v1)."""
    about = dataset()
    return {
        "profile": "data-package",
        "name": about["name"],
        "title": about["title"],
        "description": about["description"],
        "version": version,
        "schema_version": about["schema_version"],
        "homepage": about["homepage"],
        "keywords": about["keywords"],
        "licenses": [{k: about["license"][k] for k in ("name", "title", "path")}],
        "sources": about["sources"],
        "contributors": [{"title": about["creator"], "role": "author"}],
        "resources": [_resource(contracts()[name], file) for name, file in files.items()],
    }


def _resource(contract: Contract, file: File) -> dict[str, Any]:
    single = [k for k in contract.foreign_keys if len(k.targets) == 1 and not contract.column(k.column).is_list]
    return {
        "name": contract.name,
        "type": "table",
        "path": f"{contract.name}.parquet",
        "scheme": "file",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
        "title": contract.title,
        "description": contract.description,
        "n_bytes": file.n_bytes,  # not `bytes` and `hash`: the validator counts none of a parquet file and would object
        "sha256": file.sha256,
        "schema": {
            "fields": [_field(column) for column in contract.columns],
            "primaryKey": list(contract.primary_key),
            "foreignKeys": [
                {
                    "fields": [k.column],
                    "reference": {
                        "resource": "" if k.targets[0][0] == contract.name else k.targets[0][0],
                        "fields": [k.targets[0][1]],
                    },
                }
                for k in single
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    """A field in the words of a validator that reads parquet by way of pandas: a list arrives as an array of numpy,
    which type `array` refuses, and a number that is null as NaN, which is no integer and within no bounds. `arrowType`
    is the type as it is in the file."""
    may_be_nan = column.nullable and column.type in ("integer", "number")
    kind = "number" if may_be_nan else _FRICTIONLESS.get(column.type, "any")
    limits = {
        "required": not column.nullable or None,
        "unique": column.unique or None,
        "enum": None if column.is_list else list(column.enum) or None,
        "minimum": None if may_be_nan else column.minimum,
        "maximum": None if may_be_nan else column.maximum,
        "pattern": _whole(column.pattern),
    }
    constraints = {k: v for k, v in limits.items() if v is not None}
    field: dict[str, Any] = {"name": column.name, "type": kind, "arrowType": str(arrow_type(column))}
    field |= {"description": column.description} | ({"unit": column.unit} if column.unit else {})
    return field | ({"constraints": constraints} if constraints else {})


def _whole(pattern: str | None) -> str | None:
    """A pattern that is found somewhere, as one that the whole text has to match."""
    if pattern is None or (pattern.startswith("^") and pattern.endswith("$")):
        return pattern
    return f"[\\s\\S]*{pattern}[\\s\\S]*"


def croissant(files: Mapping[str, File], *, version: str, date: str) -> dict[str, Any]:
    """The Croissant 1.0 description. Columns of structs and of lists of lists, which it cannot express, stand only in
    SCHEMA.md. `version` names the snapshot, `date` is its day."""
    about = dataset()
    return {
        "@context": dict(_CONTEXT),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": about["name"],
        "description": about["description"],
        "license": about["license"]["path"],
        "url": about["homepage"],
        "version": about["schema_version"],
        "alternateName": version,
        "datePublished": date,
        "citeAs": f"{about['creator']}. {about['title']}. Snapshot {version}.",
        "creator": {"@type": "sc:Organization", "name": about["creator"]},
        "keywords": about["keywords"],
        "isLiveDataset": True,
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": f"{name}.parquet",
                "name": f"{name}.parquet",
                "contentUrl": f"{name}.parquet",
                "contentSize": f"{file.n_bytes} B",
                "encodingFormat": "application/x-parquet",
                "sha256": file.sha256,
            }
            for name, file in files.items()
        ],
        "recordSet": [_record_set(contracts()[name]) for name in files],
    }


def _record_set(contract: Contract) -> dict[str, Any]:
    fields = [_croissant_field(contract.name, c) for c in contract.columns if c.type in _CROISSANT or c.type in _ITEMS]
    return {
        "@type": "cr:RecordSet",
        "@id": contract.name,
        "name": contract.name,
        "description": contract.description,
        "key": [{"@id": f"{contract.name}/{k}"} for k in contract.primary_key],
        "field": fields,
    }


def _croissant_field(table: str, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field",
        "@id": f"{table}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _CROISSANT.get(column.type) or _ITEMS[column.type],
        **({"repeated": True} if column.type in _ITEMS else {}),
        "source": {"fileObject": {"@id": f"{table}.parquet"}, "extract": {"column": column.name}},
    }
