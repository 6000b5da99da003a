package main

// What AWS takes where the schemas only say "text" or "number", of the attributes that EKS stacks set: type and path,
// then the rule. From the provider's validators and the API references of the services.

// allowedValues of an attribute, or of the members of a collection.
var allowedValues = table(`
aws_cloudwatch_log_group log_group_class: STANDARD INFREQUENT_ACCESS DELIVERY
aws_cloudwatch_log_group retention_in_days: 0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922
aws_cloudwatch_log_group retention_in_days: 3288 3653
aws_ecr_repository encryption_configuration.encryption_type: AES256 KMS KMS_DSSE
aws_ecr_repository image_tag_mutability: MUTABLE IMMUTABLE IMMUTABLE_WITH_EXCLUSION MUTABLE_WITH_EXCLUSION
aws_ecr_repository image_tag_mutability_exclusion_filter.filter_type: WILDCARD
aws_eip domain: vpc standard
aws_eks_access_entry type: STANDARD EC2 EC2_LINUX EC2_WINDOWS FARGATE_LINUX HYBRID_LINUX HYPERPOD_LINUX
aws_eks_access_policy_association access_scope.type: cluster namespace
aws_eks_addon resolve_conflicts_on_create: NONE OVERWRITE
aws_eks_addon resolve_conflicts_on_update: NONE OVERWRITE PRESERVE
aws_eks_cluster access_config.authentication_mode: API API_AND_CONFIG_MAP CONFIG_MAP
aws_eks_cluster control_plane_scaling_config.tier: standard tier-xl tier-2xl tier-4xl
aws_eks_cluster enabled_cluster_log_types: api audit authenticator controllerManager scheduler
aws_eks_cluster encryption_config.resources: secrets
aws_eks_cluster kubernetes_network_config.ip_family: ipv4 ipv6
aws_eks_cluster upgrade_policy.support_type: STANDARD EXTENDED
aws_eks_node_group ami_type: AL2_x86_64 AL2_x86_64_GPU AL2_ARM_64 CUSTOM
aws_eks_node_group ami_type: AL2023_x86_64_STANDARD AL2023_ARM_64_STANDARD AL2023_x86_64_NEURON AL2023_x86_64_NVIDIA
aws_eks_node_group ami_type: AL2023_ARM_64_NVIDIA BOTTLEROCKET_ARM_64 BOTTLEROCKET_x86_64 BOTTLEROCKET_ARM_64_FIPS
aws_eks_node_group ami_type: BOTTLEROCKET_x86_64_FIPS BOTTLEROCKET_ARM_64_NVIDIA BOTTLEROCKET_x86_64_NVIDIA
aws_eks_node_group ami_type: BOTTLEROCKET_ARM_64_NVIDIA_FIPS BOTTLEROCKET_x86_64_NVIDIA_FIPS WINDOWS_CORE_2019_x86_64
aws_eks_node_group ami_type: WINDOWS_CORE_2022_x86_64 WINDOWS_FULL_2019_x86_64 WINDOWS_FULL_2022_x86_64
aws_eks_node_group capacity_type: ON_DEMAND SPOT CAPACITY_BLOCK
aws_eks_node_group taint.effect: NO_SCHEDULE NO_EXECUTE PREFER_NO_SCHEDULE
aws_flow_log log_destination_type: cloud-watch-logs s3 kinesis-data-firehose
aws_flow_log max_aggregation_interval: 60 600
aws_flow_log traffic_type: ACCEPT REJECT ALL
aws_kms_key customer_master_key_spec: SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096 HMAC_224 HMAC_256 HMAC_384 HMAC_512
aws_kms_key customer_master_key_spec: ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1 SM2
aws_kms_key key_usage: ENCRYPT_DECRYPT SIGN_VERIFY GENERATE_VERIFY_MAC KEY_AGREEMENT
aws_launch_template block_device_mappings.ebs.delete_on_termination: true false
aws_launch_template block_device_mappings.ebs.encrypted: true false
aws_launch_template block_device_mappings.ebs.volume_type: standard io1 io2 gp2 gp3 sc1 st1
aws_launch_template metadata_options.http_endpoint: enabled disabled
aws_launch_template metadata_options.http_protocol_ipv6: enabled disabled
aws_launch_template metadata_options.http_tokens: optional required
aws_launch_template metadata_options.instance_metadata_tags: enabled disabled
aws_launch_template tag_specifications.resource_type: capacity-reservation instance network-interface
aws_launch_template tag_specifications.resource_type: spot-instances-request volume
aws_nat_gateway availability_mode: zonal regional
aws_nat_gateway connectivity_type: private public
aws_route53_record type: A AAAA CAA CNAME DS HTTPS MX NAPTR NS PTR SOA SPF SRV SSHFP SVCB TLSA TXT
aws_s3_bucket_lifecycle_configuration rule.status: Enabled Disabled
aws_s3_bucket_lifecycle_configuration rule.transition.storage_class: GLACIER STANDARD_IA ONEZONE_IA
aws_s3_bucket_lifecycle_configuration rule.transition.storage_class: INTELLIGENT_TIERING DEEP_ARCHIVE GLACIER_IR
aws_s3_bucket_ownership_controls rule.object_ownership: BucketOwnerPreferred ObjectWriter BucketOwnerEnforced
aws_s3_bucket_server_side_encryption_configuration rule.apply_server_side_encryption_by_default.sse_algorithm: AES256
aws_s3_bucket_server_side_encryption_configuration rule.apply_server_side_encryption_by_default.sse_algorithm: aws:kms
aws_s3_bucket_server_side_encryption_configuration rule.apply_server_side_encryption_by_default.sse_algorithm: aws:kms:dsse
aws_s3_bucket_versioning versioning_configuration.status: Enabled Suspended Disabled
aws_vpc instance_tenancy: default dedicated
aws_vpc_endpoint vpc_endpoint_type: Gateway GatewayLoadBalancer Interface Resource ServiceNetwork
aws_vpc_security_group_egress_rule ip_protocol: -1 tcp udp icmp icmpv6 1 6 17 58
aws_vpc_security_group_ingress_rule ip_protocol: -1 tcp udp icmp icmpv6 1 6 17 58
`)

// ranges of numbers, both ends included.
var ranges = table(`
aws_eks_node_group disk_size: 1 65536
aws_eks_node_group scaling_config.max_size: 1 450
aws_eks_node_group scaling_config.min_size: 0 450
aws_eks_node_group update_config.max_unavailable: 1 100
aws_eks_node_group update_config.max_unavailable_percentage: 1 100
aws_iam_role max_session_duration: 3600 43200
aws_kms_key deletion_window_in_days: 7 30
aws_kms_key rotation_period_in_days: 90 2560
aws_launch_template block_device_mappings.ebs.volume_size: 1 65536
aws_launch_template metadata_options.http_put_response_hop_limit: 1 64
aws_vpc_security_group_egress_rule from_port: -1 65535
aws_vpc_security_group_egress_rule to_port: -1 65535
aws_vpc_security_group_ingress_rule from_port: -1 65535
aws_vpc_security_group_ingress_rule to_port: -1 65535
`)

// networks are network addresses in CIDR form, with the lengths that they may have.
var networks = table(`
aws_eks_cluster kubernetes_network_config.service_ipv4_cidr: 12 24
aws_eks_cluster vpc_config.public_access_cidrs: 0 32
aws_route destination_cidr_block: 0 32
aws_subnet cidr_block: 16 28
aws_vpc cidr_block: 16 28
aws_vpc_security_group_egress_rule cidr_ipv4: 0 32
aws_vpc_security_group_ingress_rule cidr_ipv4: 0 32
`)

// exclusives are arguments of which only one may be set, or exactly one must be.
var exclusives = []struct {
	kind     string
	required bool
	names    []string
}{
	{"aws_cloudwatch_log_group", false, []string{"name", "name_prefix"}},
	{"aws_eks_node_group", false, []string{"node_group_name", "node_group_name_prefix"}},
	{"aws_iam_role", false, []string{"name", "name_prefix"}},
	{"aws_iam_role_policy", false, []string{"name", "name_prefix"}},
	{"aws_launch_template", false, []string{"name", "name_prefix"}},
	{"aws_route", true, []string{"destination_cidr_block", "destination_ipv6_cidr_block", "destination_prefix_list_id"}},
	{"aws_route", true, []string{"carrier_gateway_id", "core_network_arn", "egress_only_gateway_id", "gateway_id",
		"local_gateway_id", "nat_gateway_id", "network_interface_id", "transit_gateway_id", "vpc_endpoint_id",
		"vpc_peering_connection_id"}},
	{"aws_route_table_association", true, []string{"gateway_id", "subnet_id"}},
	{"aws_s3_bucket", false, []string{"bucket", "bucket_prefix"}},
	{"aws_security_group", false, []string{"name", "name_prefix"}},
	{"aws_vpc_security_group_egress_rule", true, sources},
	{"aws_vpc_security_group_ingress_rule", true, sources},
}
