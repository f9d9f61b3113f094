// Recipes for tokens of source control, package registries and build services.
import { azureDevOpsLegacy, base64Of, base64urlOf, gitlabRoutable, pypi, withCrc62, withCrcHex } from './checksum.ts';
import type { Recipe } from './recipe.ts';
import { chars, uuid } from './template.ts';

const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

export const sourceControlRecipes: readonly Recipe[] = [
  { detector: 'github-token', prefix: 'ghp_', secrets: [...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map(withCrc62), 'github_pat_<b62:22>_<b62:59>'], negatives: ['the ghp_ prefix', 'ghp_<b62:20>', 'highp_<b62:36>'] },
  { detector: 'gitlab-token', secrets: ['glpat-<url:20>', 'gldt-<url:20>', 'glrt-<url:20>', 'glcbt-64_<url:20>', 'glptt-<hex:40>', 'gloas-<hex:64>', 'glagent-<url:50>', 'GR1348941<url:20>', gitlabRoutable] },
  { detector: 'bitbucket-token', prefix: 'ATCTT3xFfGN0', secrets: [withCrcHex('ATCTT3xFfGN0', 171), 'ATBB<b62:32>'] },
  {
    detector: 'azure-devops-token', secrets: ['<b62:52>JQQJ99<b62:18>AZDO<b62:4>'],
    more: [{ secrets: [azureDevOpsLegacy], lines: ['AZURE_DEVOPS_EXT_PAT=§', '{"vsts_token":"§"}', 'SYSTEM_ACCESSTOKEN: §'] }],
    negatives: ['seen <b32low:52> once', 'seen <b62:76>AZDO<b62:4> once'],
  },
  { detector: 'npm-token', prefix: 'npm_', secrets: [withCrc62('npm_')], negatives: ['npm_config_registry=https://registry.npmjs.org/', 'npm_lifecycle_event=test', 'npm_package_dependencies_react=1'] },
  { detector: 'pypi-token', prefix: 'pypi-', secrets: [pypi], negatives: ['pypi-attestations-0.0.21', 'pypi-publish@release/v1'] },
  { detector: 'rubygems-key', secrets: ['rubygems_<hex:48>'] },
  { detector: 'crates-io-token', secrets: ['cio<b62:32>'], negatives: ['asyncio.exceptions.TimeoutError', 'cio selected', 'Palacio<b62:32>'] },
  { detector: 'nuget-key', secrets: ['oy2<low:43>'] },
  { detector: 'docker-hub-token', secrets: ['dckr_pat_<url:27>', 'dckr_oat_<url:32>'] },
  { detector: 'artifactory-token', prefix: 'AKCp', secrets: ['AKCp<b62:69>', (random) => base64Of(latin1Bytes(`reftkn:01:${chars(random, 'dig', 10)}:${chars(random, 'b62', 27)}`)).replace(/=/g, '')] },
  { detector: 'clojars-token', secrets: ['CLOJARS_<low:60>'] },
  { detector: 'circleci-token', secrets: ['CCIPAT_<b62:22>_<hex:40>', 'CCIPRJ_<b62:22>_<hex:40>'] },
  { detector: 'buildkite-token', secrets: ['bkua_<hex:40>', 'bkct_<b62:44>'] },
  { detector: 'sonarqube-token', secrets: ['squ_<hex:40>', 'sqp_<hex:40>', 'sqa_<hex:40>'] },
  { detector: 'snyk-token', secrets: [uuid], lines: ['SNYK_TOKEN=§', '{"snyk_api_token": "§", "org": "shop"}', 'snyk.token: §'], more: [{ secrets: ['snyk_uat.<hex:8>.<url:80>', 'snyk_sat.<hex:8>.<url:80>'] }] },
  { detector: 'pulumi-token', secrets: ['pul-<hex:40>'] },
  { detector: 'sourcegraph-token', secrets: ['sgp_<hex:16>_<hex:40>', 'sgp_local_<hex:40>', 'sgp_<hex:40>'] },
  { detector: 'jetbrains-token', secrets: [(random) => `perm:${base64urlOf('jane.doe')}.${base64urlOf('ci')}.${chars(random, 'b62', 30)}`, (random) => `perm-${base64urlOf('jane.doe')}.${base64urlOf('build agent')}.${chars(random, 'b62', 30)}`], prefix: 'perm:', negatives: ['perm: rwxr-xr-x', 'perm:admin.read.all'] },
  { detector: 'codecov-token', secrets: [uuid], lines: ['CODECOV_TOKEN=§', 'codecov_token: "§"'] },
  { detector: 'prefect-key', secrets: ['pnu_<b62:36>', 'pnb_<b62:36>'] },
  { detector: 'readme-key', secrets: ['rdme_<low:70>'] },
];
