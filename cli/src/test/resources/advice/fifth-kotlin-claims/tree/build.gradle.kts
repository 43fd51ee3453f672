plugins {
    kotlin("jvm") version "2.0.21"
    application
}

repositories { mavenCentral() }

dependencies {
    implementation(platform("software.amazon.awssdk:bom:2.29.0"))
    implementation("software.amazon.awssdk:dynamodb")
    implementation("software.amazon.awssdk:sesv2")
    implementation("com.anthropic:anthropic-java:2.2.0")
    implementation("io.ktor:ktor-server-netty:3.0.1")
    testImplementation(kotlin("test"))
}
