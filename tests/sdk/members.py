"""What an answer holds that Microsoft's client has no place for, and what it lacks that the client requires."""

from collections.abc import Mapping


def strangers(value, at=""):
    """The members of a model, and of all that is in it, that the client does not know."""
    if isinstance(value, list):
        return {name for row in value for name in strangers(row, at + "[]")}
    if hasattr(value, "_attr_to_rest_field"):  # Releases from 2.0: a model is a mapping with fields.
        known = {field._rest_name for field in value._attr_to_rest_field.values()}
        found = {f"{at}.{name}" for name in value.keys() if name not in known}
    elif hasattr(value, "_attribute_map"):  # Before: what is left over is kept apart.
        found = {f"{at}.{name}" for name in getattr(value, "additional_properties", None) or {}}
    else:
        found = set()
    return found.union(*(strangers(part, f"{at}.{name}") for name, part in _parts(value)))


def lacking(value, at=""):
    """The members that the client requires and that are absent or null. Releases from 2.0 no longer tell."""
    if isinstance(value, list):
        return {name for row in value for name in lacking(row, at + "[]")}
    rules = getattr(value, "_validation", {})
    required = {name for name, rule in rules.items() if rule.get("required") and not rule.get("readonly")}
    found = {f"{at}.{name}" for name in required if getattr(value, name) is None}
    return found.union(*(lacking(part, f"{at}.{name}") for name, part in _parts(value)))


def _parts(value):
    if hasattr(value, "_attr_to_rest_field"):
        return [(field._rest_name, getattr(value, name)) for name, field in value._attr_to_rest_field.items()]
    if hasattr(value, "_attribute_map"):
        places = value._attribute_map.items()
        return [(place["key"], getattr(value, name, None)) for name, place in places if place["key"]]
    return value.items() if isinstance(value, Mapping) else []
