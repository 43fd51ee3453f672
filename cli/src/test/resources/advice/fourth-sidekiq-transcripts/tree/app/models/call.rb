# frozen_string_literal: true

class Call < ApplicationRecord
  has_one_attached :recording
  belongs_to :agent

  scope :untranscribed, -> { where(transcript: nil).where("created_at > ?", 7.days.ago) }

  after_create_commit -> { TranscribeCallJob.perform_async(id) }
end
