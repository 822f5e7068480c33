// The page's registration in Microsoft Entra: what register.sh does, as Bicep. bicepconfig.json names the extension.
//
//   az deployment group create --resource-group rg-restore --template-file main.bicep \
//     --parameters redirectUris='["https://restore.contoso.com/"]' assigned='["OBJECT-ID"]'
extension microsoftGraphV1

@description('The addresses of the page: of its own folder, with the slash at the end.')
@minLength(1)
param redirectUris array

@description('Users and groups to let in, by object id.')
param assigned array = []

@description('Whether nobody else is let in.')
param assignmentRequired bool = true

@description('AzureADMultipleOrgs: people of other tenants may sign in as well.')
@allowed([
  'AzureADMyOrg'
  'AzureADMultipleOrgs'
])
param signInAudience string = 'AzureADMyOrg'

@description('What the registration is called.')
param displayName string = 'PG Flex Restore'

@description('What it is known by: another deployment, and register.sh, find it by that.')
param uniqueName string = 'pg-flex-restore'

resource app 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: displayName
  signInAudience: signInAudience
  isFallbackPublicClient: false
  spa: {
    redirectUris: redirectUris
  }
  web: {
    implicitGrantSettings: {
      enableAccessTokenIssuance: false
      enableIdTokenIssuance: false
    }
  }
  requiredResourceAccess: [
    {
      // Azure Service Management
      resourceAppId: '797f4846-ba00-4fd7-ba43-dac1f8f63013'
      resourceAccess: [
        {
          // user_impersonation
          id: '41094075-9dad-400e-a0bd-54e686782033'
          type: 'Scope'
        }
      ]
    }
  ]
}

resource principal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: app.appId
  appRoleAssignmentRequired: assignmentRequired
}

resource people 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for id in assigned: {
    principalId: id
    resourceId: principal.id
    appRoleId: '00000000-0000-0000-0000-000000000000'
  }
]

@description('For config.json.')
output clientId string = app.appId

@description('For config.json; with AzureADMultipleOrgs that is organizations.')
output tenantId string = tenant().tenantId
