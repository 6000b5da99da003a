package main

import (
	"fmt"
	"regexp"
)

// Texts that AWS takes, by type and path.

type textRule struct {
	pattern *regexp.Regexp
	says    string
}

func rule(pattern, says string) textRule {
	return textRule{regexp.MustCompile("^(?:" + pattern + ")$"), says}
}

var (
	arn             = rule(`arn:aws[a-z-]*:[a-z0-9-]*:[a-z0-9-]*:(\d{12}|aws)?:.+`, "must be an ARN")
	minor           = rule(`1\.\d+`, "must be a minor version of Kubernetes, like 1.36")
	ruleDescription = rule(`[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}`,
		"must have at most 255 characters, each a letter, a digit, a space or one of ._-:/()#,@[]+=&;{}!$*")
	json = textRule{nil, "must be a JSON object"}
)

func characters(most int, class string) textRule {
	return rule(fmt.Sprintf("[%s]{1,%d}", class, most), fmt.Sprintf("must have at most %d characters of %s", most, class))
}

const iamName = `a-zA-Z0-9_+=,.@-`

var texts = map[string]textRule{
	"aws_cloudwatch_log_group name":                      characters(512, `a-zA-Z0-9._/#-`),
	"aws_ecr_lifecycle_policy policy":                    json,
	"aws_ecr_repository name":                            rule(`[a-z0-9]+([._/-]+[a-z0-9]+)*`, "must be words in lower case, parted by . _ - and /"),
	"aws_ecr_repository_policy policy":                   json,
	"aws_eks_access_entry principal_arn":                 arn,
	"aws_eks_access_policy_association policy_arn":       arn,
	"aws_eks_access_policy_association principal_arn":    arn,
	"aws_eks_addon addon_version":                        rule(`v\d+\.\d+\.\d+-eksbuild\.\d+`, "must be a version of an add-on"),
	"aws_eks_cluster encryption_config.provider.key_arn": arn,
	"aws_eks_cluster name":                               characters(100, `a-zA-Z0-9_-`),
	"aws_eks_cluster role_arn":                           arn,
	"aws_eks_cluster version":                            minor,
	"aws_eks_identity_provider_config oidc.issuer_url":   rule(`https://[^?#]+`, "must be an https address without a query"),
	"aws_eks_node_group node_group_name":                 characters(63, `a-zA-Z0-9_-`),
	"aws_eks_node_group node_group_name_prefix":          characters(37, `a-zA-Z0-9_-`),
	"aws_eks_node_group node_role_arn":                   arn,
	"aws_eks_node_group version":                         minor,
	"aws_eks_pod_identity_association role_arn":          arn,
	"aws_iam_policy name":                                characters(128, iamName),
	"aws_iam_policy policy":                              json,
	"aws_iam_role assume_role_policy":                    json,
	"aws_iam_role name":                                  characters(64, iamName),
	"aws_iam_role name_prefix":                           characters(38, iamName),
	"aws_iam_role_policy name":                           characters(128, iamName),
	"aws_iam_role_policy policy":                         json,
	"aws_iam_role_policy_attachment policy_arn":          arn,
	"aws_kms_alias name":                                 rule(`alias/[0-9A-Za-z_/-]+`, "must begin with alias/"),
	"aws_kms_key policy":                                 json,
	"aws_kms_key_policy policy":                          json,
	"aws_launch_template name":                           rule(`[\w()./-]{3,125}`, "must have 3 to 125 characters of a-zA-Z0-9_()./-"),
	"aws_s3_bucket bucket":                               rule(`[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]`, "must have 3 to 63 characters of a-z0-9.-"),
	"aws_s3_bucket bucket_prefix":                        characters(37, `a-z0-9.-`),
	"aws_s3_bucket_policy policy":                        json,
	"aws_security_group description":                     ruleDescription,
	"aws_security_group name":                            rule(`([^s]|s[^g]|sg[^-]).{0,252}`, "must have at most 255 characters and not begin with sg-"),
	"aws_vpc_endpoint policy":                            json,
	"aws_vpc_security_group_egress_rule description":     ruleDescription,
	"aws_vpc_security_group_ingress_rule description":    ruleDescription,
}

// tagText is what most services take in keys and values of tags.
var tagText = rule(`[\p{L}\p{Z}\p{N}_.:/=+\-@]*`, "")
