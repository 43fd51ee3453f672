package claims.store

import java.time.Instant
import java.util.UUID
import software.amazon.awssdk.services.dynamodb.DynamoDbClient
import software.amazon.awssdk.services.dynamodb.model.AttributeValue

/**
 * The claims. For a clean start: `client.deleteTable { it.tableName("claims") }`, then Terraform.
 */
class ClaimStore(private val client: DynamoDbClient = DynamoDbClient.create()) {
    fun save(claim: Claim) {
        client.putItem {
            it.tableName(TABLE).item(
                mapOf(
                    "id" to text(claim.id.toString()),
                    "policy" to text(claim.policy),
                    "text" to text(claim.text),
                    "at" to text(claim.at.toString()),
                ),
            )
        }
    }

    fun find(id: UUID): Claim? {
        val answer = client.getItem { it.tableName(TABLE).key(mapOf("id" to text(id.toString()))) }
        return if (answer.hasItem()) claim(answer.item()) else null
    }

    fun ofPolicy(policy: String): List<Claim> =
        client.query {
            it.tableName(TABLE)
                .indexName(BY_POLICY)
                .keyConditionExpression("policy = :p")
                .expressionAttributeValues(mapOf(":p" to text(policy)))
        }.items().map(::claim)

    private fun claim(item: Map<String, AttributeValue>) =
        Claim(
            UUID.fromString(item.getValue("id").s()),
            item.getValue("policy").s(),
            item.getValue("text").s(),
            Instant.parse(item.getValue("at").s()),
        )

    private fun text(value: String): AttributeValue = AttributeValue.fromS(value)

    private companion object {
        const val TABLE = "claims"
        const val BY_POLICY = "by-policy"
    }
}
