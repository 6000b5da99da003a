import { posix } from "node:path";
import { HttpBackend, LocalBackend, PgBackend, S3Backend, type TerraformStack } from "cdktf";
import type { ClusterConfig, OpenStackProvider, TerraformState } from "../src/config/cluster-config.js";
import { catalogue } from "../src/versions/catalogue.js";

export interface StackLocation {
  /** Path from the stack's own folder to that of its bootstrap.yaml, with slashes. */
  readonly environmentDirectory: string;
}

/** Everything of a stack's `terraform` block: where the state is kept, which versions are taken. */
export function configureTerraform(
  stack: TerraformStack,
  config: ClusterConfig,
  location: StackLocation,
  provider: "openstack" | "aws",
): void {
  addBackend(stack, config.terraform.state, location);
  stack.addOverride("terraform.required_version", catalogue.terraform.constraint);
  const version = config.terraform.providers[provider];
  if (version !== undefined) stack.addOverride(`terraform.required_providers.${provider}.version`, version);
}

/** @param cloud entry of clouds.yaml with the credentials; they are read when Terraform runs, never at synth */
export function providerSettings(provider: OpenStackProvider, cloud: string) {
  return {
    cloud,
    ...(provider.region !== undefined && { region: provider.region }),
    // The provider takes the text of a certificate as well as a path.
    ...(provider.caCertificate !== undefined && { cacertFile: provider.caCertificate }),
  };
}

function addBackend(stack: TerraformStack, state: TerraformState, location: StackLocation): void {
  const name = stack.node.id;
  switch (state.backend) {
    case "local":
      // cdktf's own default is an absolute path of the machine that synthesized.
      new LocalBackend(stack, { path: posix.join(location.environmentDirectory, state.directory, `${name}.tfstate`) });
      return;
    case "s3":
      new S3Backend(stack, {
        bucket: state.bucket,
        key: `${state.keyPrefix}/${name}.tfstate`,
        region: state.region,
        encrypt: true,
        ...(state.endpoint !== undefined && s3Compatible(state.endpoint)),
      });
      // Newer than cdktf's types. Without it two people could apply at once.
      stack.addOverride("terraform.backend.s3.use_lockfile", true);
      return;
    case "pg":
      // The connection string holds a password: cdktf wants it here, Terraform takes it from PG_CONN_STR.
      new PgBackend(stack, { connStr: "", schemaName: `${state.schemaPrefix}_${name.replaceAll("-", "_")}` });
      stack.addOverride("terraform.backend.pg.conn_str", undefined);
      return;
    case "http": {
      const address = `${state.address.replace(/\/$/, "")}/${name}`;
      new HttpBackend(stack, { address, lockAddress: address, unlockAddress: address });
      return;
    }
  }
}

/** What Amazon's API has and other stores lack. */
function s3Compatible(endpoint: string) {
  return {
    endpoints: { s3: endpoint },
    usePathStyle: true,
    skipCredentialsValidation: true,
    skipMetadataApiCheck: true,
    skipRegionValidation: true,
    skipRequestingAccountId: true,
    skipS3Checksum: true,
  };
}
