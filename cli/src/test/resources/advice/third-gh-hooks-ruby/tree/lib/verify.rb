# frozen_string_literal: true

require "openssl"
require "rack/utils"

module Verify
  def self.call(body, header, secret)
    digest = "sha256=" + OpenSSL::HMAC.hexdigest("SHA256", secret, body)
    Rack::Utils.secure_compare(digest, header.to_s)
  end
end
