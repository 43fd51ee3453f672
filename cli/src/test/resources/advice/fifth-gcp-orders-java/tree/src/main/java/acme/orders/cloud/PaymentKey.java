package acme.orders.cloud;

public record PaymentKey(String value) {
  @Override
  public String toString() {
    return "PaymentKey[…]";
  }
}
