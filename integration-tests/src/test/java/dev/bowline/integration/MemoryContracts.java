package dev.bowline.integration;

import dev.bowline.testkit.contract.AttemptContract;
import dev.bowline.testkit.contract.CallbackThreadContract;
import dev.bowline.testkit.contract.ClientContract;
import dev.bowline.testkit.contract.ClientEndContract;
import dev.bowline.testkit.contract.ClosingContract;
import dev.bowline.testkit.contract.CountedFramingContract;
import dev.bowline.testkit.contract.DeliveryContract;
import dev.bowline.testkit.contract.DrainContract;
import dev.bowline.testkit.contract.EndContract;
import dev.bowline.testkit.contract.FramingContract;
import dev.bowline.testkit.contract.FramingCostContract;
import dev.bowline.testkit.contract.FramingVectorsContract;
import dev.bowline.testkit.contract.LessonsOf2008Contract;
import dev.bowline.testkit.contract.LifeContract;
import dev.bowline.testkit.contract.LineConnectionContract;
import dev.bowline.testkit.contract.LoggingContract;
import dev.bowline.testkit.contract.LossReasonContract;
import dev.bowline.testkit.contract.ModeContract;
import dev.bowline.testkit.contract.QueueContract;
import dev.bowline.testkit.contract.RaceContract;
import dev.bowline.testkit.contract.ReadingContract;
import dev.bowline.testkit.contract.ReconnectContract;
import dev.bowline.testkit.contract.RequestContract;
import dev.bowline.testkit.contract.SerialContract;
import dev.bowline.testkit.contract.SharedTransportContract;
import dev.bowline.testkit.contract.StartTlsContract;
import dev.bowline.testkit.contract.TimeoutContract;
import dev.bowline.testkit.contract.TlsContract;
import dev.bowline.testkit.contract.UnixContract;
import dev.bowline.testkit.contract.WritabilityContract;
import dev.bowline.testkit.contract.WritingContract;
import dev.bowline.testkit.contract.engine.EngineContract;
import dev.bowline.testkit.contract.subject.ContractSubject;
import dev.bowline.testkit.contract.subject.InMemory;
import dev.bowline.testkit.contract.subject.TransportUnderTest;

/** The transport in memory, against every contract but the one with a real server. */
interface OnMemory extends ContractSubject {
    @Override
    default TransportUnderTest subject() {
        return new InMemory();
    }
}

class MemoryLifeContractIT extends LifeContract implements OnMemory {}

class MemoryAttemptContractIT extends AttemptContract implements OnMemory {}

class MemoryEndContractIT extends EndContract implements OnMemory {}

class MemorySerialContractIT extends SerialContract implements OnMemory {}

class MemoryRequestContractIT extends RequestContract implements OnMemory {}

class MemoryLineConnectionContractIT extends LineConnectionContract implements OnMemory {}

class MemoryLossReasonContractIT extends LossReasonContract implements OnMemory {}

class MemoryLoggingContractIT extends LoggingContract implements OnMemory {}

class MemoryWritingContractIT extends WritingContract implements OnMemory {}

class MemoryClosingContractIT extends ClosingContract implements OnMemory {}

class MemoryReadingContractIT extends ReadingContract implements OnMemory {}

class MemoryFramingContractIT extends FramingContract implements OnMemory {}

class MemoryModeContractIT extends ModeContract implements OnMemory {}

class MemoryQueueContractIT extends QueueContract implements OnMemory {}

class MemoryCallbackThreadContractIT extends CallbackThreadContract implements OnMemory {}

class MemoryClientContractIT extends ClientContract implements OnMemory {}

class MemoryClientEndContractIT extends ClientEndContract implements OnMemory {}

class MemoryDrainContractIT extends DrainContract implements OnMemory {}

class MemoryReconnectContractIT extends ReconnectContract implements OnMemory {}

class MemoryDeliveryContractIT extends DeliveryContract implements OnMemory {}

class MemoryLessonsOf2008ContractIT extends LessonsOf2008Contract implements OnMemory {}

class MemorySharedTransportContractIT extends SharedTransportContract implements OnMemory {}

class MemoryRaceContractIT extends RaceContract implements OnMemory {}

class MemoryUnixContractIT extends UnixContract implements OnMemory {}

class MemoryWritabilityContractIT extends WritabilityContract implements OnMemory {}

class MemoryTimeoutContractIT extends TimeoutContract implements OnMemory {}

class MemoryFramingVectorsContractIT extends FramingVectorsContract implements OnMemory {}

class MemoryFramingCostContractIT extends FramingCostContract implements OnMemory {}

class MemoryCountedFramingContractIT extends CountedFramingContract implements OnMemory {}

class MemoryEngineContractIT extends EngineContract implements OnMemory {}

class MemoryTlsContractIT extends TlsContract implements OnMemory {}

class MemoryStartTlsContractIT extends StartTlsContract implements OnMemory {}
