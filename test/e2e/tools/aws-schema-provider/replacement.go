package main

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/zclconf/go-cty/cty"
)

// replacements are the attributes whose change makes the real provider replace the resource. The schemas do not hold
// them; they are written down from the provider's documentation and source.
var replacements = table(`
aws_cloudwatch_log_group: name name_prefix log_group_class
aws_default_security_group: vpc_id
aws_ecr_lifecycle_policy: repository
aws_ecr_repository: name encryption_configuration.encryption_type encryption_configuration.kms_key
aws_ecr_repository_policy: repository
aws_eip: address domain network_border_group public_ipv4_pool
aws_eks_access_entry: cluster_name principal_arn type
aws_eks_access_policy_association: cluster_name policy_arn principal_arn access_scope.type access_scope.namespaces
aws_eks_addon: addon_name cluster_name
aws_eks_cluster: name role_arn bootstrap_self_managed_addons access_config.bootstrap_cluster_creator_admin_permissions
aws_eks_cluster: kubernetes_network_config.ip_family kubernetes_network_config.service_ipv4_cidr
aws_eks_identity_provider_config: cluster_name oidc.client_id oidc.groups_claim oidc.groups_prefix
aws_eks_identity_provider_config: oidc.identity_provider_config_name oidc.issuer_url oidc.required_claims
aws_eks_identity_provider_config: oidc.username_claim oidc.username_prefix
aws_eks_node_group: ami_type capacity_type cluster_name disk_size instance_types node_group_name node_group_name_prefix
aws_eks_node_group: node_role_arn subnet_ids launch_template.id launch_template.name
aws_eks_node_group: remote_access.ec2_ssh_key remote_access.source_security_group_ids
aws_eks_pod_identity_association: cluster_name namespace service_account
aws_flow_log: deliver_cross_account_role destination_options.file_format eni_id iam_role_arn log_destination
aws_flow_log: log_destination_type log_format max_aggregation_interval subnet_id traffic_type vpc_id
aws_iam_policy: description name name_prefix path
aws_iam_role: name name_prefix path
aws_iam_role_policy: name name_prefix role
aws_iam_role_policy_attachment: policy_arn role
aws_kms_alias: name name_prefix
aws_kms_key: custom_key_store_id customer_master_key_spec key_usage multi_region
aws_kms_key_policy: key_id
aws_launch_template: name name_prefix
aws_nat_gateway: allocation_id availability_mode connectivity_type private_ip subnet_id vpc_id
aws_route: destination_cidr_block destination_ipv6_cidr_block destination_prefix_list_id route_table_id
aws_route53_record: name set_identifier zone_id
aws_route53_zone: delegation_set_id name
aws_route_table: vpc_id
aws_route_table_association: gateway_id subnet_id
aws_s3_bucket: bucket bucket_prefix object_lock_enabled
aws_s3_bucket_lifecycle_configuration: bucket expected_bucket_owner
aws_s3_bucket_logging: bucket expected_bucket_owner
aws_s3_bucket_notification: bucket
aws_s3_bucket_ownership_controls: bucket
aws_s3_bucket_policy: bucket
aws_s3_bucket_public_access_block: bucket
aws_s3_bucket_server_side_encryption_configuration: bucket expected_bucket_owner
aws_s3_bucket_versioning: bucket expected_bucket_owner
aws_security_group: description name name_prefix vpc_id
aws_subnet: availability_zone availability_zone_id cidr_block ipv6_native outpost_arn vpc_id
aws_vpc: cidr_block ipv4_ipam_pool_id ipv4_netmask_length
aws_vpc_endpoint: service_name service_region vpc_endpoint_type vpc_id
aws_vpc_endpoint_policy: vpc_endpoint_id
aws_vpc_endpoint_route_table_association: route_table_id vpc_endpoint_id
aws_vpc_security_group_egress_rule: security_group_id
aws_vpc_security_group_ingress_rule: security_group_id
`)

// sources of a rule: its kind of source cannot be modified, only the source itself.
var sources = []string{"cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id"}

// requiresReplace are the paths by which a change of an existing resource replaces it.
func requiresReplace(kind string, prior, planned cty.Value) (paths []*tftypes.AttributePath) {
	for _, path := range replacements[kind] {
		names := strings.Split(path, ".")
		was, is := only(prior, names), only(planned, names)
		if was == cty.NilVal || is == cty.NilVal || unchanged(was, is) {
			continue
		}
		paths = append(paths, attributePath(names))
	}
	if strings.HasPrefix(kind, "aws_vpc_security_group_") {
		for _, name := range sources {
			if prior.GetAttr(name).IsNull() != planned.GetAttr(name).IsNull() {
				paths = append(paths, attributePath([]string{name}))
			}
		}
	}
	// Encryption can be switched on later, and never off.
	if kind == "aws_eks_cluster" && len(elements(prior.GetAttr("encryption_config"))) > 0 &&
		planned.GetAttr("encryption_config").IsKnown() && len(elements(planned.GetAttr("encryption_config"))) == 0 {
		paths = append(paths, attributePath([]string{"encryption_config"}))
	}
	return paths
}

// only follows names through blocks of which there is one; NilVal where there is none.
func only(value cty.Value, names []string) cty.Value {
	for i, name := range names {
		value = value.GetAttr(name)
		if i == len(names)-1 {
			return value
		}
		inner := elements(value)
		if len(inner) != 1 {
			return cty.NilVal
		}
		value = inner[0]
	}
	return value
}

func unchanged(was, is cty.Value) bool {
	equal := was.Equals(is)
	return equal.IsKnown() && equal.True()
}

func attributePath(names []string) *tftypes.AttributePath {
	path := tftypes.NewAttributePath()
	for i, name := range names {
		if i > 0 {
			path = path.WithElementKeyInt(0)
		}
		path = path.WithAttributeName(name)
	}
	return path
}
