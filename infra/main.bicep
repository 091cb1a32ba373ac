// FriendCity in one resource group:
//
//   az deployment group create --resource-group RG --template-file infra/main.bicep
//
// The app reaches both storage accounts by its own identity; shared keys are switched off, so no secret is deployed.
// Storage is named by its addresses, not by `__accountName`: the Functions host completes an account name with the
// global cloud's suffix, while addresses are right in every cloud, Azure China included. (Setting both is an error.)
targetScope = 'resourceGroup'

@description('Begins the name of every resource: letters, digits and hyphens.')
@minLength(3)
@maxLength(20)
param name string = 'friendcity'

@description('Where everything is kept. The plan below must be offered there.')
param location string = resourceGroup().location

// Flex Consumption scales to zero and needs no Azure Files share, whose key would be a secret; so Elastic Premium is
// not offered here. `az functionapp list-flexconsumption-locations` names the regions that have it.
@description('flex: Flex Consumption, where the region offers it. dedicated: an App Service plan, everywhere.')
@allowed(['flex', 'dedicated'])
param plan string = 'flex'

@description('Size of the dedicated plan. It must allow Always On, or the nightly run would not start by itself.')
param dedicatedSku string = 'B1'

@description('Instances that Flex Consumption may start at most; each holds the records in memory.')
@minValue(1)
@maxValue(1000)
param maximumInstances int = 40 // as few as every region takes

@description('Instances that Flex Consumption keeps running for requests, at a price: 0 scales to zero, 1 spares the first caller the start.')
@minValue(0)
@maxValue(20)
param alwaysReadyInstances int = 0

@description('When the nightly snapshot is made: NCrontab with seconds, in UTC. The default is 02:00 in Beijing.')
param nightlySchedule string = '0 0 18 * * *'

@description('IANA time zone that says which day the office has.')
param officeTimeZone string = 'Asia/Shanghai'

@description('The views of the office: NAME?asOf=DAY&scope=SCOPE&scenarios=SET,SET&baseline=DAY, several with semicolons between; docs/deploy.md says more.')
param views string = ''

@description('The view that the dashboard and the figures open on: now, or another name in views.')
param defaultView string = 'now'

@description('The first snapshot also makes the figures of this day and of each month\'s end after it, yyyy-MM-dd; empty for none.')
param figuresFrom string = ''

@description('The contracts that snapshots are published under; with 2 alone a night\'s bytes are bounded.')
@allowed(['1,2', '1', '2'])
param snapshotMajors string = '1,2'

@description('Days that the change feed is kept: who reads it further behind starts over.')
@minValue(1)
@maxValue(3650)
param changesKeptDays int = 90

@description('How often each instance may ask storage for changes, in a second, on average over ten minutes.')
@minValue(1)
@maxValue(10000)
param pollsPerSecond int = 200

@description('How often one caller may ask each instance, in a minute; the standard binds nobody.')
@minValue(1)
@maxValue(10000000)
param requestsPerMinute int = 600000

@description('https://HOST as people reach the service: links name it, and Power BI files are made for it. Empty: links name what a request names.')
param publicAddress string = ''

@description('Other origins whose pages may read the API in a browser, as https://HOST with commas between.')
param corsOrigins string = ''

@description('Whom the dashboard tells a person without a key to ask: OFFICE; MAIL; TELEPHONE. Empty: the office\'s administrator, without a name.')
param keyContact string = ''

@description('Directory (tenant id) whose accounts may sign in; empty for keys alone. See docs/power-bi.md.')
param entraTenant string = ''

@description('Whom their tokens must be for: https://HOST as people address the service, and after a comma the registration\'s client id.')
param entraAudience string = ''

@description('What a person may do to whom no role is assigned: read, more scopes with commas between, or none.')
param entraUserScopes string = 'read'

@description('Days that logs are kept.')
@minValue(30)
@maxValue(730)
param logRetentionDays int = 90

@description('How the records account is replicated. The records are the only copy: zone-redundant, unless the region has no zones.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param recordsReplication string = 'Standard_ZRS'

@description('How the snapshots account is replicated. Snapshots can be made again from the records.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS', 'Standard_GZRS'])
param snapshotsReplication string = 'Standard_LRS'

var unique = uniqueString(resourceGroup().id, name)
var prefix = take(toLower(replace(name, '-', '')), 8)
var isFlex = plan == 'flex'
var runtime = { name: 'dotnet-isolated', version: '10.0' }
var deploymentContainer = 'deployment'

var safeStorage = {
  accessTier: 'Hot'
  allowBlobPublicAccess: false
  allowSharedKeyAccess: false
  defaultToOAuthAuthentication: true
  minimumTlsVersion: 'TLS1_2'
  supportsHttpsTrafficOnly: true
}

// Records, their history and the change feed (tables); operations, attachments and the host's own locks (blobs).
resource records 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${prefix}rec${unique}'
  location: location
  kind: 'StorageV2'
  sku: { name: recordsReplication }
  properties: safeStorage
}

resource recordsBlobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: records
  name: 'default'
}

resource deploymentPackages 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = if (isFlex) {
  parent: recordsBlobs
  name: deploymentContainer
}

// Snapshots for Power BI. An account of its own, so that readers of figures are given nothing of the registry.
resource snapshots 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: '${prefix}snp${unique}'
  location: location
  kind: 'StorageV2'
  sku: { name: snapshotsReplication }
  properties: union(safeStorage, { isHnsEnabled: true })
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: logRetentionDays
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: '${name}-insights'
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
  }
}

resource hosting 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${name}-plan'
  location: location
  kind: isFlex ? 'functionapp' : 'linux'
  sku: isFlex ? { name: 'FC1', tier: 'FlexConsumption' } : { name: dedicatedSku }
  properties: { reserved: true } // Linux
}

// The host uses no queues: it needs them for blob and queue triggers only, and the app has neither.
var settings = [
  { name: 'AzureWebJobsDisableHomepage', value: 'true' } // The app answers / itself.
  { name: 'AzureWebJobsStorage__blobServiceUri', value: records.properties.primaryEndpoints.blob }
  { name: 'AzureWebJobsStorage__tableServiceUri', value: records.properties.primaryEndpoints.table }
  { name: 'AzureWebJobsStorage__credential', value: 'managedidentity' }
  { name: 'Snapshots__blobServiceUri', value: snapshots.properties.primaryEndpoints.blob }
  { name: 'APPLICATIONINSIGHTS_CONNECTION_STRING', value: insights.properties.ConnectionString }
  { name: 'NightlySchedule', value: nightlySchedule }
  { name: 'OfficeTimeZone', value: officeTimeZone }
  { name: 'Views', value: views }
  { name: 'DefaultView', value: defaultView }
  { name: 'FiguresFrom', value: figuresFrom }
  { name: 'SnapshotMajors', value: snapshotMajors }
  { name: 'ChangesKeptDays', value: string(changesKeptDays) }
  { name: 'PollsPerSecond', value: string(pollsPerSecond) }
  { name: 'RequestsPerMinute', value: string(requestsPerMinute) }
  { name: 'PublicAddress', value: publicAddress }
  { name: 'CorsOrigins', value: corsOrigins }
  { name: 'KeyContact', value: keyContact }
]

// The cloud's own sign-in service: in Azure China login.partner.microsoftonline.cn, though the deployment names it by its older host.
var entraAuthority = environment().name == 'AzureChinaCloud'
  ? 'https://login.partner.microsoftonline.cn'
  : environment().authentication.loginEndpoint
var entraSettings = empty(entraTenant)
  ? []
  : [
      { name: 'EntraTenant', value: entraTenant }
      { name: 'EntraAudience', value: entraAudience }
      { name: 'EntraAuthority', value: entraAuthority }
      { name: 'EntraUserScopes', value: entraUserScopes }
    ]

// Flex Consumption takes these from functionAppConfig and refuses them as settings.
var dedicatedSettings = [
  { name: 'FUNCTIONS_EXTENSION_VERSION', value: '~4' }
  { name: 'FUNCTIONS_WORKER_RUNTIME', value: runtime.name }
  { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' }
]

resource app 'Microsoft.Web/sites@2023-12-01' = {
  name: '${name}-${unique}'
  location: location
  kind: 'functionapp,linux'
  identity: { type: 'SystemAssigned' }
  properties: {
    serverFarmId: hosting.id
    httpsOnly: true
    functionAppConfig: isFlex
      ? {
          runtime: runtime
          scaleAndConcurrency: {
            instanceMemoryMB: 2048
            maximumInstanceCount: maximumInstances
            alwaysReady: alwaysReadyInstances == 0 ? [] : [{ name: 'http', instanceCount: alwaysReadyInstances }]
          }
          deployment: {
            storage: {
              type: 'blobContainer'
              value: '${records.properties.primaryEndpoints.blob}${deploymentContainer}'
              authentication: { type: 'SystemAssignedIdentity' }
            }
          }
        }
      : null
    siteConfig: {
      alwaysOn: isFlex ? null : true
      linuxFxVersion: isFlex ? null : '${toUpper(runtime.name)}|${runtime.version}'
      appSettings: concat(settings, entraSettings, isFlex ? [] : dedicatedSettings)
      cors: { allowedOrigins: [] } // The app alone says which pages may read it; the platform would answer before it.
      ftpsState: 'Disabled'
      minTlsVersion: '1.2'
    }
  }
}

// Publishing goes by Entra ID only: no user names and passwords.
resource noPublishingPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

resource noFtpPassword 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2023-12-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

// Built-in roles have the same ids in every cloud.
var roleIds = {
  blobDataOwner: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  blobDataContributor: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  tableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
}

// The Functions host asks for Owner of the blobs in its storage; the app alone would need no more than Contributor.
resource recordsRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for id in [roleIds.blobDataOwner, roleIds.tableDataContributor]: {
    name: guid(records.id, app.id, id)
    scope: records
    properties: {
      principalId: app.identity.principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', id)
    }
  }
]

resource snapshotsRole 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(snapshots.id, app.id, roleIds.blobDataContributor)
  scope: snapshots
  properties: {
    principalId: app.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roleIds.blobDataContributor)
  }
}

@description('The function app, to publish to.')
output appName string = app.name

@description('The host that the platform gave it: the service answers at https://HOST.')
output hostName string = app.properties.defaultHostName

@description('The container that Power BI reads; give its readers the role Storage Blob Data Reader on the account.')
output snapshotsUrl string = '${snapshots.properties.primaryEndpoints.dfs}snapshots'

@description('The account that keeps the records.')
output recordsAccount string = records.name

@description('The account that keeps the snapshots.')
output snapshotsAccount string = snapshots.name
