// Tokens of source control, package registries and build services.
import { base62, base64url, hexDigits, literal, wordBytes } from '../../bytes.ts';
import { base64Padded, base64urlDot, base64urlPadded, lowerDigits, lowerHex } from './alphabets.ts';
import { azureDevOpsLegacy, azureDevOpsLegacyHolds, crcBase62, crcHexOfAll, gitlabRoutable } from './checksums.ts';
import { atLeast, between, exactly, form, named, type TokenForm } from './form.ts';
import { decodesTo, mixed, pypiMacaroon, random, uuid4 } from './structures.ts';
import type { ByteSet } from '../../types.ts';
import { detector } from './verify.ts';

/** A short prefix is worth a look only where a word begins. */
const notBase62: ByteSet = (byte) => base62[byte] === 0;

const family = 'source-control' as const;

/** What GitLab puts before its tokens, and the least that follows. */
const gitlabPrefixes: readonly (readonly [string, number])[] = [
  ['glpat-', 20], ['gldt-', 20], ['glrt-', 20], ['glrtr-', 20], ['glcbt-', 20], ['glptt-', 20], ['glft-', 20], ['glimt-', 20], ['glagent-', 50], ['gloas-', 64], ['glsoat-', 20], ['glffct-', 20], ['glwt-', 20],
];
/** The routable form comes first: it is the longer one. Payload, version, length and sum. */
const gitlab = ([prefix, least]: readonly [string, number]): TokenForm[] => [
  form([prefix, between(27, 300, base64url), '.', exactly(2, lowerDigits), '.', exactly(9, lowerDigits)], { judge: gitlabRoutable }),
  form([prefix, between(27, 300, base64url), '.', exactly(9, lowerDigits)], { judge: gitlabRoutable }),
  form([prefix, atLeast(least, base64url)]),
];

export const sourceControlDetectors = [
  detector({
    name: 'github-token', version: 2, family, title: 'GitHub token', check: 'checksum',
    doc: 'GitHub personal, OAuth, user, server and refresh tokens, with their CRC-32, and fine-grained tokens.',
    facts: 'ghp_, gho_, ghu_, ghs_ or ghr_ and 36 base-62 characters, the last 6 of which are the CRC-32 of the 30 before in base 62; github_pat_, 22 base-62 characters, _ and 59.',
    source: 'https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/',
    tokens: [
      ...['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'].map((prefix) => form([prefix, atLeast(36, base62)], { judge: crcBase62(4) })),
      form(['github_pat_', atLeast(82, wordBytes)], { anchor: 'b_pa', offset: 5 }),
    ],
  }),
  detector({
    name: 'gitlab-token', family, title: 'GitLab token', check: 'checksum',
    doc: 'GitLab personal, deploy, runner, job, trigger, feed, mail, agent, OAuth and SCIM tokens, plain and routable.',
    facts: 'glpat-, gldt-, glrt-, glcbt- and their like and 20 or more base64url characters; routable ones go on with a version, a length in base 36 and the CRC-32 of all before in 7 base-36 digits.',
    source: 'https://docs.gitlab.com/security/tokens/',
    tokens: [...gitlabPrefixes.flatMap(gitlab), form(['GR1348941', atLeast(20, base64url)])],
  }),
  detector({
    name: 'bitbucket-token', family, title: 'Bitbucket token', check: 'checksum',
    doc: 'Bitbucket access tokens of repositories, projects and workspaces, and app passwords.',
    facts: 'ATCTT3xFfGN0 or ATCTT3, base64url, = and 8 hex digits: the CRC-32 of all before; ATBB and 32 base-62 characters for app passwords.',
    source: 'https://support.atlassian.com/bitbucket-cloud/docs/access-tokens/',
    tokens: [form(['ATCTT3', between(60, 400, base64url), '=', exactly(8, hexDigits)], { judge: crcHexOfAll }), form(['ATBB', exactly(32, base62)], { judge: random(4) })],
  }),
  detector({
    name: 'azure-devops-token', family, title: 'Azure DevOps token', check: 'checksum',
    doc: 'Azure DevOps personal access tokens: the 84-character form, and the older one by its name and its checksum.',
    facts: '84 base-62 characters with AZDO at offset 76; before 2024, 52 base-32 characters of which four bytes are a seeded CRC-32.',
    source: 'https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
    tokens: [form([exactly(52, base62), 'JQQJ99', exactly(18, base62), 'AZDO', exactly(4, base62)], { anchor: 'AZDO', offset: 76, judge: () => 0.97 })],
    contexts: [
      named(['evops', 'vsts', 'ado_p'], String.raw`[\w.-]{0,24}(?:devops|vsts|ado_p)[\w.-]{0,24}`, '[a-z2-7]{52}', azureDevOpsLegacy),
      named(['_pat', 'l_acce', 'sstok'], String.raw`[\w.-]{0,24}(?:_pat|personal_access|accesstoken)[\w.-]{0,24}`, '[a-z2-7]{52}', (bytes, start, end) => (azureDevOpsLegacyHolds(bytes, start, end) ? 0.99 : 0)),
    ],
  }),
  detector({
    name: 'npm-token', family, title: 'npm token', check: 'checksum',
    doc: 'npm granular and automation access tokens, with their CRC-32.',
    facts: 'npm_ and 36 base-62 characters, the last 6 of which are the CRC-32 of the 30 before in base 62.',
    source: 'https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/',
    tokens: [form(['npm_', exactly(36, base62)], { judge: crcBase62(4) })],
  }),
  detector({
    name: 'pypi-token', family, title: 'PyPI token', check: 'structure',
    doc: 'API tokens of PyPI and TestPyPI: macaroons that name their location.',
    facts: 'pypi- and base64url of a macaroon, version 2, whose location is pypi.org or test.pypi.org: it begins with AgE.',
    source: 'https://pypi.org/help/#apitoken',
    tokens: [form(['pypi-AgE', atLeast(70, base64url)], { anchor: 'ypi-', offset: 1, keep: 5, judge: pypiMacaroon })],
  }),
  detector({
    name: 'rubygems-key', family, title: 'RubyGems key', check: 'shape',
    doc: 'API keys of RubyGems.org.', facts: 'rubygems_ and 48 hex digits.', source: 'https://guides.rubygems.org/api-key-scopes/',
    tokens: [form(['rubygems_', exactly(48, lowerHex)], { anchor: 'ems_', offset: 5 })],
  }),
  detector({
    name: 'crates-io-token', family, title: 'crates.io token', check: 'shape',
    doc: 'API tokens of crates.io.', facts: 'cio and 32 base-62 characters, small letters, capitals and digits among them.', source: 'https://doc.rust-lang.org/cargo/reference/publishing.html',
    tokens: [form(['cio', exactly(32, base62)], { anchor: [notBase62, ...literal('cio')], offset: -1, judge: random(3, 0.92) })],
  }),
  detector({
    name: 'nuget-key', family, title: 'NuGet key', check: 'shape',
    doc: 'API keys of NuGet.org.', facts: 'oy2 and 43 small letters and digits.', source: 'https://learn.microsoft.com/nuget/nuget-org/publish-a-package',
    tokens: [form(['oy2', exactly(43, lowerDigits)], { judge: random(3) })],
  }),
  detector({
    name: 'docker-hub-token', family, title: 'Docker Hub token', check: 'shape',
    doc: 'Personal and organization access tokens of Docker Hub.', facts: 'dckr_pat_ and 27 base64url characters; dckr_oat_ and 32.', source: 'https://docs.docker.com/security/access-tokens/',
    tokens: ['dckr_pat_', 'dckr_oat_'].map((prefix) => form([prefix, atLeast(27, base64url)])),
  }),
  detector({
    name: 'artifactory-token', family, title: 'JFrog Artifactory token', check: 'structure',
    doc: 'API keys and reference tokens of JFrog Artifactory.', facts: 'AKCp and 69 base-62 characters; base64 of reftkn:version:expiry:random, which begins with cmVmdGtu.', source: 'https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens',
    tokens: [form(['AKCp', exactly(69, base62)], { judge: random(4) }), form(['cmVmdGtu', exactly(56, base64Padded)], { keep: 0, judge: decodesTo(0, /^reftkn:\d+:\d+:/) })],
  }),
  detector({
    name: 'clojars-token', family, title: 'Clojars token', check: 'shape',
    doc: 'Deploy tokens of Clojars.', facts: 'CLOJARS_ and 60 hex digits or small letters.', source: 'https://github.com/clojars/clojars-web/wiki/Deploy-Tokens',
    tokens: [form(['CLOJARS_', exactly(60, lowerDigits)])],
  }),
  detector({
    name: 'circleci-token', family, title: 'CircleCI token', check: 'shape',
    doc: 'Personal and project API tokens of CircleCI.', facts: 'CCIPAT_ or CCIPRJ_, 22 base-58 characters, _ and 40 hex digits.', source: 'https://circleci.com/docs/managing-api-tokens/',
    tokens: ['CCIPAT_', 'CCIPRJ_'].map((prefix) => form([prefix, between(18, 26, base62), '_', exactly(40, lowerHex)])),
  }),
  detector({
    name: 'buildkite-token', family, title: 'Buildkite token', check: 'shape',
    doc: 'User and agent tokens of Buildkite.', facts: 'bkua_ (API access) or bkct_ (cluster) and 40 or more hex digits or letters.', source: 'https://buildkite.com/docs/apis/managing-api-tokens',
    tokens: ['bkua_', 'bkct_', 'bkpt_'].map((prefix) => form([prefix, atLeast(40, base62)], { judge: random(5) })),
  }),
  detector({
    name: 'sonarqube-token', family, title: 'SonarQube token', check: 'shape',
    doc: 'User, project and global analysis tokens of SonarQube.', facts: 'squ_, sqp_ or sqa_ and 40 hex digits.', source: 'https://docs.sonarsource.com/sonarqube-server/user-guide/managing-tokens/',
    tokens: ['squ_', 'sqp_', 'sqa_'].map((prefix) => form([prefix, exactly(40, lowerHex)])),
  }),
  detector({
    name: 'snyk-token', family, title: 'Snyk token', check: 'context',
    doc: 'API tokens of Snyk: a UUID that a name with snyk gives away, and the newer prefixed form.', facts: 'A UUID of version 4 after a name such as SNYK_TOKEN; snyk_uat. or snyk_sat., 8 hex digits, . and base64url.', source: 'https://docs.snyk.io/snyk-api/authentication-for-api',
    tokens: ['snyk_uat.', 'snyk_sat.'].map((prefix) => form([prefix, exactly(8, lowerHex), '.', atLeast(40, base64urlDot)], { anchor: '_' + prefix.slice(5, 8), offset: 4 })),
    contexts: [named(['snyk'], String.raw`[\w.-]{0,16}snyk[\w.-]{0,8}(?:token|key|secret|auth)`, '[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}', uuid4)],
  }),
  detector({
    name: 'pulumi-token', family, title: 'Pulumi token', check: 'shape',
    doc: 'Access tokens of Pulumi Cloud.', facts: 'pul- and 40 hex digits.', source: 'https://www.pulumi.com/docs/administration/access-identity/access-tokens/',
    tokens: [form(['pul-', exactly(40, lowerHex)])],
  }),
  detector({
    name: 'sourcegraph-token', family, title: 'Sourcegraph token', check: 'shape',
    doc: 'Access tokens of Sourcegraph.', facts: 'sgp_, 16 hex digits or local, _ and 40 hex digits; older ones without the middle.', source: 'https://sourcegraph.com/docs/cli/how-tos/creating-an-access-token',
    tokens: [
      form(['sgp_', exactly(16, lowerHex), '_', exactly(40, lowerHex)]), form(['sgp_local_', exactly(40, lowerHex)]), form(['sgp_', exactly(40, lowerHex)]),
    ],
  }),
  detector({
    name: 'jetbrains-token', family, title: 'JetBrains permanent token', check: 'structure',
    doc: 'Permanent tokens of YouTrack, Hub and other JetBrains servers.', facts: 'perm: or perm- , base64 of the user name, . , base64 of the token\u2019s name, . and 30 characters.', source: 'https://www.jetbrains.com/help/youtrack/server/manage-permanent-token.html',
    tokens: ['perm:', 'perm-'].map((prefix) => form([prefix, between(2, 200, base64urlPadded), '.', between(2, 200, base64urlPadded), '.', atLeast(30, base62)], { judge: random(5, 0.97) })),
  }),
  detector({
    name: 'codecov-token', family, title: 'Codecov token', check: 'context',
    doc: 'Upload tokens of Codecov.', facts: 'A UUID after a name with codecov and token.', source: 'https://docs.codecov.com/docs/codecov-tokens',
    contexts: [named(['odecov'], String.raw`[\w.-]{0,16}codecov[\w.-]{0,8}token`, '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}', mixed)],
  }),
  detector({
    name: 'prefect-key', family, title: 'Prefect key', check: 'shape',
    doc: 'API keys of Prefect Cloud, of users and of service accounts.', facts: 'pnu_ or pnb_ and 36 base-62 characters.', source: 'https://docs.prefect.io/v3/how-to-guides/cloud/manage-users/api-keys',
    tokens: ['pnu_', 'pnb_'].map((prefix) => form([prefix, exactly(36, base62)])),
  }),
  detector({
    name: 'readme-key', family, title: 'ReadMe key', check: 'shape',
    doc: 'API keys of ReadMe documentation hubs.', facts: 'rdme_ and 70 small letters and digits.', source: 'https://docs.readme.com/main/reference/authentication',
    tokens: [form(['rdme_', exactly(70, lowerDigits)])],
  }),
];
