package secret

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/secretsmanager"
)

const database = "collector/db"

// DatabaseURL builds the address from the secret that RDS keeps.
func DatabaseURL(ctx context.Context, cfg aws.Config) (string, error) {
	client := secretsmanager.NewFromConfig(cfg)
	out, err := client.GetSecretValue(ctx, &secretsmanager.GetSecretValueInput{SecretId: aws.String(database)})
	if err != nil {
		return "", fmt.Errorf("secret %s: %w", database, err)
	}
	var login struct{ Username, Password, Host string }
	if err := json.Unmarshal([]byte(aws.ToString(out.SecretString)), &login); err != nil {
		return "", err
	}
	return fmt.Sprintf("postgres://%s:%s@%s/telemetry", login.Username, login.Password, login.Host), nil
}
