from pathlib import Path

from peft import LoraConfig
from trl import SFTConfig, SFTTrainer

from adapterkit.data import flight_logs


def train(rank: int, out: Path) -> None:
    trainer = SFTTrainer(
        model="Qwen/Qwen2.5-0.5B-Instruct",
        train_dataset=flight_logs(),
        args=SFTConfig(output_dir=str(out), num_train_epochs=1, report_to="none"),
        peft_config=LoraConfig(r=rank, lora_alpha=2 * rank, task_type="CAUSAL_LM"),
    )
    trainer.train()
    trainer.save_model(str(out))
