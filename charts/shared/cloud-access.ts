import { Construct } from "constructs";
import { stringify } from "yaml";
import type { OpenStackCluster } from "../../src/config/cluster-outputs.js";
import { ConfigurationFiles } from "./configuration-files.js";
import type { Mount } from "./container.js";
import { iniFile, type IniSections } from "./ini-file.js";
import type { RequiredSecret } from "./required-secret.js";
import { configurationVolume, secretVolume } from "./volumes.js";

/** A program of the cloud's provider that asks the cloud for something. */
export interface CloudProgram {
  readonly namespace: string;
  readonly name: string;
}

export interface CloudAccessProps {
  readonly cluster: OpenStackCluster;
  readonly program: CloudProgram;
  /** What the program's file says beside how to sign in. */
  readonly sections: IniSections;
}

const CONFIGURATION = "/etc/openstack";
const CREDENTIALS = "/etc/openstack-credentials";
const CA = "ca.crt";
const CLOUDS = "clouds.yaml";
/** Entry of that file, for these programs alone. */
const CLOUD = "cluster";

/** How a program of cloud-provider-openstack reaches the cloud: a file without secrets, and a credential in a Secret. */
export class CloudAccess extends Construct {
  /** Path of its configuration. */
  readonly file = `${CONFIGURATION}/cloud.conf`;
  readonly mounts: readonly Mount[];

  constructor(scope: Construct, id: string, { cluster, program, sections }: CloudAccessProps) {
    super(scope, id);
    const { caCertificate } = cluster.config.provider;
    const files = new ConfigurationFiles(this, "files", {
      namespace: program.namespace,
      name: program.name,
      files: {
        "cloud.conf": iniFile({
          Global: { "use-clouds": true, "clouds-file": `${CREDENTIALS}/${CLOUDS}`, cloud: CLOUD },
          ...sections,
        }),
        ...(caCertificate !== undefined && { [CA]: caCertificate }),
      },
    });
    this.mounts = [
      { volume: configurationVolume("cloud-configuration", files), path: CONFIGURATION },
      { volume: secretVolume("cloud-credentials", cloudCredentials(cluster, program)), path: CREDENTIALS },
    ];
  }
}

/** The cluster's application credential, where a program of the cloud's provider reads it. */
export function cloudCredentials({ config, outputs }: OpenStackCluster, program: CloudProgram): RequiredSecret {
  const { region, caCertificate } = config.provider;
  const cloud = {
    auth_type: "v3applicationcredential",
    auth: {
      auth_url: outputs.identityUrl,
      application_credential_id: "${cloud_credential_id}",
      application_credential_secret: "${cloud_credential_secret}",
    },
    ...(region !== undefined && { region_name: region }),
    ...(caCertificate !== undefined && { cacert: `${CONFIGURATION}/${CA}` }),
  };
  // Quoted, for an id of digits alone is a number else.
  const template = stringify(
    { clouds: { [CLOUD]: cloud } },
    { defaultStringType: "QUOTE_DOUBLE", defaultKeyType: "PLAIN" },
  );
  return {
    namespace: program.namespace,
    name: `${program.name}-credentials`,
    purpose: `How ${program.name} signs in to OpenStack`,
    keys: { [CLOUDS]: { from: "outputs", template } },
  };
}
