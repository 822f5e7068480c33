//! What Microsoft's OpenAPI files share and keep in files of their own (`common-types`), which are not at hand: written
//! here from what Azure Resource Manager documents of them, as far as an answer that is checked leads to them.

use serde_json::{Value, json};

/// What a reference to another file leads to.
pub fn shared(reference: &str) -> Value {
    let (file, pointer) = reference.split_once('#').unwrap();
    let name = pointer.rsplit('/').next().unwrap();
    let found = if pointer.contains("/parameters/") { parameter(name) } else { definition(file, name) };
    found.unwrap_or_else(|| panic!("{reference} is in another file: what it says has to be written here"))
}

fn parameter(name: &str) -> Option<Value> {
    let path = |name: &str, more: Value| {
        let mut said = json!({ "name": name, "in": "path", "required": true, "type": "string", "minLength": 1 });
        said.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        said
    };
    Some(match name {
        "ApiVersionParameter" => {
            json!({ "name": "api-version", "in": "query", "required": true, "type": "string", "minLength": 1 })
        }
        "SubscriptionIdParameter" => path("subscriptionId", json!({ "format": "uuid" })),
        "ResourceGroupNameParameter" | "ResourceGroupName" => path("resourceGroupName", json!({ "maxLength": 90 })),
        "LocationParameter" => path("location", json!({})),
        "ScopeParameter" => path("scope", json!({})),
        "ResourceProviderNamespaceParameter" => path("resourceProviderNamespace", json!({})),
        "ResourceTypeParameter" => path("resourceType", json!({})),
        "ResourceNameParameter" => path("resourceName", json!({})),
        "PrivateEndpointConnectionName" => path("privateEndpointConnectionName", json!({})),
        "StorageAccountName" => {
            path("accountName", json!({ "minLength": 3, "maxLength": 24, "pattern": "^[a-z0-9]+$" }))
        }
        _ => return None,
    })
}

fn definition(file: &str, name: &str) -> Option<Value> {
    let text = || json!({ "type": "string" });
    let object = |properties: Value| json!({ "type": "object", "properties": properties });
    let in_file = |name: &str| json!({ "$ref": format!("{file}#/definitions/{name}") });
    let resource = json!({ "id": text(), "name": text(), "type": text() });
    let more = |more: Value| {
        let mut all = resource.clone();
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        object(all)
    };
    // The first version of an error response is the error itself; later ones hold it.
    let version = file.split("/resource-management/").nth(1).and_then(|rest| rest.split('/').next());
    Some(match name {
        "ErrorResponse" if version != Some("v1") => object(json!({ "error": in_file("ErrorDetail") })),
        "ErrorResponse" | "ErrorDetail" => object(json!({
            "code": text(),
            "message": text(),
            "target": text(),
            "details": { "type": "array", "items": in_file(name) },
            "additionalInfo": { "type": "array", "items": in_file("ErrorAdditionalInfo") },
        })),
        "ErrorAdditionalInfo" => object(json!({ "type": text(), "info": { "type": "object" } })),
        // Storage's own, in a file beside it.
        "CloudError" => object(json!({ "error": in_file("CloudErrorBody") })),
        "CloudErrorBody" => object(json!({
            "code": text(),
            "message": text(),
            "target": text(),
            "details": { "type": "array", "items": in_file("CloudErrorBody") },
        })),
        "Sku" => object(json!({ "name": in_file("SkuName"), "tier": in_file("Tier") })),
        "SkuName" => {
            let redundancies = ["LRS", "GRS", "RAGRS", "ZRS", "GZRS", "RAGZRS"].map(|kind| format!("Standard_{kind}"));
            let premium = ["Premium_LRS", "Premium_ZRS"].map(str::to_string);
            json!({ "type": "string", "enum": redundancies.into_iter().chain(premium).collect::<Vec<_>>() })
        }
        "Tier" => json!({ "type": "string", "enum": ["Standard", "Premium"] }),
        "Resource" | "ProxyResource" => object(resource),
        "AzureEntityResource" => more(json!({ "etag": text() })),
        "TrackedResource" => more(json!({
            "location": text(),
            "tags": { "type": "object", "additionalProperties": text() },
        })),
        "systemData" => {
            let by = || json!({ "type": "string", "enum": ["User", "Application", "ManagedIdentity", "Key"] });
            let at = || json!({ "type": "string", "format": "date-time" });
            object(json!({
                "createdBy": text(), "createdByType": by(), "createdAt": at(),
                "lastModifiedBy": text(), "lastModifiedByType": by(), "lastModifiedAt": at(),
            }))
        }
        "UserAssignedIdentity" => {
            let id = || json!({ "type": "string", "format": "uuid" });
            object(json!({ "principalId": id(), "clientId": id() }))
        }
        "PrivateEndpointConnection" => more(json!({ "properties": { "type": "object" } })),
        _ => return None,
    })
}
