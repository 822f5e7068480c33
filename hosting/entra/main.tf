# The page's registration in Microsoft Entra: what register.sh does, as Terraform.
#
#   terraform apply -var 'redirect_uris=["https://restore.contoso.com/"]' -var 'assigned=["OBJECT-ID"]'

terraform {
  required_version = ">= 1.3"
  required_providers {
    azuread = {
      source  = "hashicorp/azuread"
      version = "3.7.0"
    }
  }
}

provider "azuread" {}

variable "redirect_uris" {
  description = "The addresses of the page: of its own folder, with the slash at the end."
  type        = set(string)
  validation {
    condition     = length(var.redirect_uris) > 0 && alltrue([for one in var.redirect_uris : can(regex("^(https://[A-Za-z0-9.-]+|http://localhost)(:[0-9]+)?/([A-Za-z0-9._~%-]+/)*$", one))])
    error_message = "An address begins with https:// (or http://localhost) and ends with /."
  }
}

variable "assigned" {
  description = "Users and groups to let in, by object id."
  type        = set(string)
  default     = []
}

variable "assignment_required" {
  description = "Whether nobody else is let in."
  type        = bool
  default     = true
}

variable "sign_in_audience" {
  description = "AzureADMultipleOrgs: people of other tenants may sign in as well."
  type        = string
  default     = "AzureADMyOrg"
  validation {
    condition     = contains(["AzureADMyOrg", "AzureADMultipleOrgs"], var.sign_in_audience)
    error_message = "AzureADMyOrg or AzureADMultipleOrgs."
  }
}

variable "display_name" {
  description = "What the registration is called."
  type        = string
  default     = "PG Flex Restore"
}

data "azuread_client_config" "current" {}

resource "azuread_application" "page" {
  display_name                   = var.display_name
  sign_in_audience               = var.sign_in_audience
  fallback_public_client_enabled = false
  # A second one of the same name would be mistaken for the first.
  prevent_duplicate_names = true
  owners                  = [data.azuread_client_config.current.object_id]

  single_page_application {
    redirect_uris = var.redirect_uris
  }

  web {
    implicit_grant {
      access_token_issuance_enabled = false
      id_token_issuance_enabled     = false
    }
  }

  required_resource_access {
    # Azure Service Management
    resource_app_id = "797f4846-ba00-4fd7-ba43-dac1f8f63013"

    resource_access {
      # user_impersonation
      id   = "41094075-9dad-400e-a0bd-54e686782033"
      type = "Scope"
    }
  }
}

resource "azuread_service_principal" "page" {
  client_id                    = azuread_application.page.client_id
  app_role_assignment_required = var.assignment_required
  owners                       = [data.azuread_client_config.current.object_id]
}

resource "azuread_app_role_assignment" "people" {
  for_each            = var.assigned
  principal_object_id = each.value
  resource_object_id  = azuread_service_principal.page.object_id
  app_role_id         = "00000000-0000-0000-0000-000000000000"
}

output "client_id" {
  description = "For config.json."
  value       = azuread_application.page.client_id
}

output "tenant" {
  description = "For config.json; with AzureADMultipleOrgs that is organizations."
  value       = data.azuread_client_config.current.tenant_id
}
